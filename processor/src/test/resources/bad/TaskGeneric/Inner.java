package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

class Inner<T> {
    @Template("{title} {mask}")
    @Verbalizer(labels = Answer.class)
    class Task {
        public String title;
    }
}
