package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords({"happy", "unforgettable"})
    HAPPY,
    @LabelWords("sad")
    SAD
}

@Template("{title} {mask}")
@Verbalizer(labels = Mood.class, kind = VerbalizerKind.KNOWLEDGEABLE)
record Weighed(String title) {}
