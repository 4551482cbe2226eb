package dev.cloze.examples.waimai;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.Template;
import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.Verbalizer;

/**
 * A review of a delivered meal.
 *
 * <p>Words of two characters are scored jointly: the template gets a mask for each character.
 */
@Template("{text}总之，{mask}。")
@Verbalizer(labels = Opinion.class, multiTokenWords = MultiTokenWords.JOINT, calibration = Calibration.PMI)
@Tuning(backbone = "cloze-small-zh", learningRate = 3e-5, maxSteps = 60)
public record Delivery(String text) {}
