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
@PrefixTuning
record PrefixTooLong(String title) {}

@Template("{title}")
@Verbalizer(labels = Answer.class)
@Tuning(maxLength = 24)
@PTuningV2
record DeepPromptsTooLong(String title) {}

@Template("{title}")
@Verbalizer(labels = Answer.class)
@Tuning(promptLength = 56, maxLength = 64)
@PTuningV2
record JustShortEnough(String title) {}
