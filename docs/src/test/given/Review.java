import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

@Template("{text} It was {mask}.")
@Verbalizer(labels = Sentiment.class)
public record Review(String text) {}
