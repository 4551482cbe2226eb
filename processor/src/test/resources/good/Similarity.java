package shop;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.FineTuning;
import dev.cloze.annotations.LmBff;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.Scale;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;

@Template("{first} {mask}, {second|lowerFirst}")
@Scale(from = 0, to = 5, low = "No", high = "Yes")
public record Similarity(String first, String second) {

    @Template("{first} {mask}, {second|lowerFirst}")
    @Scale(
            from = -1.5,
            to = 1e3,
            low = "unlike",
            high = "alike",
            multiTokenWords = MultiTokenWords.REJECT,
            calibration = Calibration.PMI)
    @LmBff(sets = 4)
    @Tuning(compat = Compat.REFERENCE)
    public record Shown(String first, String second) {}

    @Template("{first} {mask}, {second}")
    @Scale(from = 1, to = 5, low = "bad", high = "good")
    @FineTuning
    public record Headed(String first, String second) {}
}
