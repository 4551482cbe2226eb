package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{body|spans}")
@Verbalizer(labels = Slot.class)
@Spans(none = "word")
record OfSpans(String body) {}
