package bad;

import dev.cloze.annotations.*;

enum Slot {
    @LabelWords("name")
    NAME,
    @LabelWords("food")
    FOOD
}

@Template("{body|spans} {span} is a {mask}.")
@Verbalizer(labels = Slot.class, kind = VerbalizerKind.SOFT)
@Spans(none = "none")
record VectorsOfSpans(String body) {}
