package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {mask}.")
@Verbalizer(labels = Answer.class)
@PromptTuning(sourceSteps = 10)
record StepsToNoSources(String title) {}
