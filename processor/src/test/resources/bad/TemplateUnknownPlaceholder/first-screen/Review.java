import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.Verbalizer;

@Template("{title} {bdy} It was {mask}.")
@Verbalizer(labels = Sentiment.class)
@Tuning(method = TuningMethod.PROMPT_FINE_TUNING, backbone = "cloze-small-en")
public record Review(String title, String body) {}
