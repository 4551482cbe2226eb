package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("unforgettable")
    NO
}

@Template("Is what comes now something you would say of a thing that you like: {title}? {mask}")
@Verbalizer(labels = Answer.class)
@Tuning(maxLength = 16)
record NoRoomAtAll(String title) {}
