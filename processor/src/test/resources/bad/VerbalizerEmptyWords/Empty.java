package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords({})
    HAPPY,
    @LabelWords({"sad", " "})
    SAD,
    @LabelWords("")
    CALM
}

@Template("{title} {mask}")
@Verbalizer(labels = Mood.class)
record Empty(String title) {}
