package shop;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Candidates;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.PTuning;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;

@Template("The capital of {country} is {mask}.")
@Candidates({"paris", "rome", "new york"})
public record Country(String country) {

    @Template("The currency of {country} is the {mask}.")
    @Template("In {country} one pays with the {mask}.")
    @Candidates(calibration = Calibration.PMI)
    public record Currency(String country) {}

    @Template("{country} {soft:3} capital {soft:3} {mask}.")
    @Candidates(
            value = {"paris", "rome", "new york"},
            multiTokenWords = MultiTokenWords.LEFT_TO_RIGHT)
    @PTuning
    @Tuning(freezeBackbone = true)
    public record Capital(String country) {}
}
