package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords({"happy", "unforgettable"})
    HAPPY,
    @LabelWords("sad")
    SAD
}

@Template("{title} It was {mask}.")
@Verbalizer(labels = Mood.class)
record OfUnevenLength(String title) {}
