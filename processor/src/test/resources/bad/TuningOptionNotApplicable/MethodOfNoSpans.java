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
@TfIdf
record MethodOfNoSpans(String body) {}
