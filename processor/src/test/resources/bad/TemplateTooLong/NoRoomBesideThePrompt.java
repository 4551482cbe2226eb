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
@Tuning(promptLength = 60, maxLength = 64)
@PromptTuning
record NoRoomBesideThePrompt(String title) {}
