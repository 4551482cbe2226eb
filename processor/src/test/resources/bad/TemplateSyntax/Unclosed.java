package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title {body} It was {mask}.")
@Verbalizer(labels = Answer.class)
record Unclosed(String title, String body) {}
