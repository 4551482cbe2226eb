package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords("happy")
    HAPPY,
    SAD,
    CALM
}

@Template("{title} {mask}")
@Verbalizer(labels = Mood.class)
record Missing(String title) {}
