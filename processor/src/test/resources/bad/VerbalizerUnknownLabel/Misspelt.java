package bad;

import dev.cloze.annotations.*;

enum Mood {
    @LabelWords("happy")
    HAPPY,
    @LabelWords(value = "sad", label = "SAAD")
    SAD
}

@Template("{title} {mask}")
@Verbalizer(
        labels = Mood.class,
        value = {
            @LabelWords(label = "HAPY", value = "glad"),
            @LabelWords("blue")
        })
record Misspelt(String title) {}
