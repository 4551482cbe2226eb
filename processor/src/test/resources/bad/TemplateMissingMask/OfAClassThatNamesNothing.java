package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("It was great.")
@Verbalizer(labels = Answer.class)
record OfAClassThatNamesNothing(String headline, String story) {}
