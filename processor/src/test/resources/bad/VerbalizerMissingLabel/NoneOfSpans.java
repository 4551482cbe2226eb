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
record NoneOfSpans(String body) {}
