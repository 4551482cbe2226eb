package app;

import dev.cloze.annotations.LabelWords;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

@Template("{text} It was {mask}.")
@Verbalizer(labels = Note.Mood.class, multiTokenWords = MultiTokenWords.REJECT)
@Tuning(backbone = "org/small")
public record Note(String text) {

    public enum Mood {
        @LabelWords("great")
        UP,
        @LabelWords("bad")
        DOWN
    }
}
