package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{mask} {title} It was {mask} {mask}.")
@Verbalizer(labels = Answer.class)
record ThreeMasks(String title, String body) {}
