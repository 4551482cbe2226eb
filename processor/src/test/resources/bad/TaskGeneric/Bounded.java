package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{rating} It was {mask}.")
@Verbalizer(labels = Answer.class)
record Bounded<T extends Number & Comparable<T>>(T rating) {}
