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
@Tuning(backbone = "/no such/folder")
record NotInFolder(String title) {}
