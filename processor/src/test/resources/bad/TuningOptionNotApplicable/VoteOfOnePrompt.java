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
@PromptTuning(vote = PromptTuning.Vote.PROBABILITIES)
record VoteOfOnePrompt(String title) {}
