package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title|lowr} It was {mask}.")
@Verbalizer(labels = Answer.class)
record MisspeltFilter(String title, String body) {}
