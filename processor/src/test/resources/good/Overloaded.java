package example;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Verbalizer;

/** Method names that a method reference alone would not tell apart. */
@Template("{text} {load.text} {load.zeroShot.text} {input.input} {mask}")
@Verbalizer(labels = Overloaded.Answer.class)
public record Overloaded(String text, Part load, Part input) {
    public enum Answer {
        @LabelWords("yes")
        YES,
        @LabelWords("no")
        NO
    }

    public record Part(String text, Other zeroShot, String input) {}

    public record Other(String text) {}

    static String text(Overloaded of) {
        return of.text;
    }
}
