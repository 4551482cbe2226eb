package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {mask}")
@Verbalizer(labels = Answer.class)
record Fault(String title) {}

@Template("{title} {mask}")
@Verbalizer(labels = Answer.class)
record Sound(String title) {}
