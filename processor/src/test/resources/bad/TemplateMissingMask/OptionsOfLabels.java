// javac -Acloze.models=MODELS
package bad;

import dev.cloze.annotations.*;

enum Answer {
    @LabelWords("yes")
    YES,
    @LabelWords("no")
    NO
}

@Template("{title} In short:")
@Verbalizer(labels = Answer.class, multiTokenWords = MultiTokenWords.FIRST, calibration = Calibration.PMI)
@Tuning(backbone = "tiny-llama")
record OptionsOfLabels(String title) {}
