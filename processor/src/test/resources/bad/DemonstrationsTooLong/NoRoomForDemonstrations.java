package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {body} So it all was {mask}.")
@Verbalizer(labels = Answer.class)
@Tuning(method = TuningMethod.LM_BFF, maxLength = 200)
@LmBff(demonstrationLimit = 50, inputLimit = 60)
record NoRoomForDemonstrations(String title, String body) {}
