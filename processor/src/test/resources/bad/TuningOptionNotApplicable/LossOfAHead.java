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
@Tuning(method = TuningMethod.FINE_TUNING, loss = LabelLoss.HINGE)
record LossOfAHead(String title) {}
