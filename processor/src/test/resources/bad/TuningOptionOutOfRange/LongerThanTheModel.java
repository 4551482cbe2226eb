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
@Tuning(maxLength = 1024)
record LongerThanTheModel(String title) {}
