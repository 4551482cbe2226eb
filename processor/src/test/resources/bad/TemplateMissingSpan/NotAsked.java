package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{body|spans} It is a {mask}.")
@Verbalizer(labels = Slot.class)
@Spans(none = "word")
record NotAsked(String body) {}
