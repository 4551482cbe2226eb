package example;

import dev.cloze.annotations.*;
import java.util.List;

/** Values whose types are known by a bound alone. */
class Bounds {
    enum Answer {
        @LabelWords("yes")
        YES,
        @LabelWords("no")
        NO
    }

    record Rating<T extends Number>(T value, List<T> earlier) {}

    interface Ratings<T extends Number> extends List<T> {}

    @Template("{text} {rating.value} {rating.earlier} {rank} {ratings} It was {mask}.")
    @Verbalizer(labels = Answer.class)
    record Opinion(String text, Rating<?> rating, Ratings<?> ratings) {
        <T extends Number & Comparable<T>> T rank() {
            throw new IllegalStateException();
        }
    }
}
