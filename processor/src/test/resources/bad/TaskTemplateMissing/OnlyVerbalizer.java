package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Verbalizer(labels = Answer.class)
record OnlyVerbalizer(String title) {}
