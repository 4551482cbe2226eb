package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{soft} {title} {soft:5} {mask}")
@Verbalizer(labels = Answer.class)
record Soft(String title, String body) {}
