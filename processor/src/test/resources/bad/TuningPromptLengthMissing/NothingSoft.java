package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} It was {mask}.")
@Verbalizer(labels = Answer.class)
@PTuning
record NothingSoft(String title) {}
