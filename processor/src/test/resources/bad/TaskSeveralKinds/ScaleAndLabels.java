package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{first} {mask}, {second}")
@Verbalizer(labels = Answer.class)
@Scale(from = 0, to = 5, low = "no", high = "yes")
record ScaleAndLabels(String first, String second) {}
