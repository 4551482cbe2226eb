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
@Tuning(method = TuningMethod.LSTM, precision = Precision.BFLOAT16)
record PrecisionOfAnLstm(String title) {}
