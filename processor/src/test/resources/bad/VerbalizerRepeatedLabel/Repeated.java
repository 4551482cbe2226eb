package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {mask}")
@Verbalizer(
        labels = Answer.class,
        value = {
            @LabelWords(label = "YES", value = "sure"),
            @LabelWords(label = "YES", value = "fine")
        })
record Repeated(String title) {}
