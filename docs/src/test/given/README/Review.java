import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

@Template("{title} {body} It was {mask}.")
@Verbalizer(labels = Sentiment.class)
public record Review(String title, String body) {}
