package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{body} It was {mask}.")
@Verbalizer(labels = Slot.class)
@Spans(none = "word")
record SpansWithoutText(String body) {}
