package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} Is it so? {mask}.")
@Verbalizer(labels = Answer.class)
@Ipet
record Three(String title) {}
