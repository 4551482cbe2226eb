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
@Tuning(freezeBackbone = true)
@PTuning(backboneLearningRate = 1e-5)
record RateOfAFrozenModel(String title) {}
