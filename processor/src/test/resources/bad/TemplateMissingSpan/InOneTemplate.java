package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{body|spans}")
@Template("{body}")
@Verbalizer(labels = Slot.class)
@PTuningV2
record InOneTemplate(String body) {}
