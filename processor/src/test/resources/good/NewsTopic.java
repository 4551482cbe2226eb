import dev.cloze.annotations.*;

// In no package, without {mask} after a space, with text Javadoc and Java would trip over.
@Template("*/ <b> \\u0041 @see {{x}} \u00e9\u6807\ud83d\ude00 {headline} {number}\n{letter}{mask}\"$S")
@Verbalizer(
        labels = NewsTopic.Topic.class,
        value = {
            @LabelWords(label = "SPORT", value = "sports"),
            @LabelWords(label = "WORLD", value = {"world", "politics"})
        })
public class NewsTopic {
    public enum Topic {
        WORLD,
        SPORT
    }

    public final String headline;
    public final double number;
    public final char letter;

    NewsTopic(String headline, double number, char letter) {
        this.headline = headline;
        this.number = number;
        this.letter = letter;
    }
}
