package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords({"Happy", "fine"})
    HAPPY,
    @LabelWords({"sad", "FINE"})
    SAD
}

@Template("{title} {mask}")
@Verbalizer(labels = Mood.class)
record SameTokens(String title) {}
