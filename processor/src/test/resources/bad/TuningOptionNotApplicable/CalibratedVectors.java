package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} {mask}")
@Verbalizer(labels = Answer.class, kind = VerbalizerKind.SOFT, calibration = Calibration.CONTEXTUAL)
record CalibratedVectors(String title) {}
