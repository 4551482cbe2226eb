package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} Is it so? {mask}.")
@Template("{title} Really? {mask}.")
@Verbalizer(labels = Answer.class)
@InContext
record Two(String title) {}
