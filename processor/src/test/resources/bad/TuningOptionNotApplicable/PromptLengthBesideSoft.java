package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {soft:3} {mask}.")
@Verbalizer(labels = Answer.class)
@Tuning(promptLength = 20)
@PTuning
record PromptLengthBesideSoft(String title) {}
