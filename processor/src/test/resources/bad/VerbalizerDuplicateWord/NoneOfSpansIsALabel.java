package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{body|spans} {span} is a {mask}.")
@Verbalizer(labels = Slot.class)
@Spans(none = "food")
record NoneOfSpansIsALabel(String body) {}
