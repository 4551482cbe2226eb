package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{body} It was [MASK].")
@Verbalizer(labels = Answer.class)
record SpelledAsModelsDo(String title, String body) {}
