package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} It was great.")
@Verbalizer(labels = Answer.class)
record NoMask(String title, String body) {}
