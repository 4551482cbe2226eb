package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{lines|spans}")
@Verbalizer(labels = Slot.class)
@FineTuning
record SpansOfAList(java.util.List<String> lines) {}
