package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords({"happy", "☃"})
    HAPPY,
    @LabelWords("\uD83D\uDE00 sad")
    SAD
}

@Template("{title} {mask}")
@Verbalizer(labels = Mood.class)
record Unknown(String title) {}
