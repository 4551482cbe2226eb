package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template(value = "{title} In short:", words = @LabelWords(label = "YES", value = "great"))
record WordsAlone(String title) {}
