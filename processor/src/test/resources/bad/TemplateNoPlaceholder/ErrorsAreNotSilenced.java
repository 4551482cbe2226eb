package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("It was {mask}.")
@Verbalizer(labels = Answer.class)
@SuppressWarnings("cloze")
record ErrorsAreNotSilenced(String title) {}
