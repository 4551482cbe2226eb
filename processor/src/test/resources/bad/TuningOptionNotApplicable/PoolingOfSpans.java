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
@FineTuning(pooling = FineTuning.Pooling.MEAN)
record PoolingOfSpans(String body) {}
