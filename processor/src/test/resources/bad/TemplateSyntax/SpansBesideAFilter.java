package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{body|lower|spans}")
@Verbalizer(labels = Slot.class)
@FineTuning
record SpansBesideAFilter(String body) {}
