package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} So it all was {mask}.")
@Verbalizer(labels = Answer.class)
@Tuning(maxLength = 12)
@InContext(demonstrations = 2)
record NoRoomForOne(String title) {}
