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
@Spans(none = "word", longest = 0, negatives = -1)
record NumbersOfSpans(String body) {}
