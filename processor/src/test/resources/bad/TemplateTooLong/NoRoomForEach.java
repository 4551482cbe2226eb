package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {body} It all was {mask}.")
@Verbalizer(labels = Answer.class)
@Tuning(maxLength = 8)
record NoRoomForEach(String title, String body) {}
