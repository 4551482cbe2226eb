package bad;

import dev.cloze.annotations.*;
import java.util.List;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{box.content} {box.several} {anything} It was {mask}.")
@Verbalizer(labels = Answer.class)
record OfAnything(Box<?> box) {
    record Box<T>(T content, List<T> several) {}

    <T extends Runnable & Comparable<T>> T anything() {
        throw new IllegalStateException();
    }
}
