package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords({"happy", "fine", "happy"})
    HAPPY,
    @LabelWords({"sad", "fine"})
    SAD
}

@Template("{title} {mask}")
@Verbalizer(labels = Mood.class)
record SameWord(String title) {}
