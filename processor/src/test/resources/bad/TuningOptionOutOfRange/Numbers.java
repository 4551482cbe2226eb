package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {mask}")
@Verbalizer(labels = Answer.class)
@Tuning(learningRate = 1.5, batchSize = 2000, maxSteps = -1, maxLength = 4, promptLength = -2)
record Numbers(String title) {}
