package example;

import dev.cloze.annotations.*;

/** Virtual tokens: among the words of a template, and before the input. */
class Soft {
    enum Answer {
        @LabelWords("Yes")
        YES,
        @LabelWords("No")
        NO
    }

    @Template("{soft:2} {question} {soft:\"Is it so\"}? {mask}")
    @Verbalizer(labels = Answer.class)
    @Tuning(freezeBackbone = true)
    @PTuning(encoder = PTuning.Encoder.MLP)
    record Asked(String question) {}

    @Template("{question} Is it so? {mask}")
    @Verbalizer(labels = Answer.class)
    @Tuning(promptLength = 12)
    @PromptTuning(text = "Answer the question", prompts = 5, vote = PromptTuning.Vote.PROBABILITIES)
    record Prompted(String question) {}
}
