package dev.cloze.processor.model;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.Scale;
import java.util.List;

/**
 * A task's scale, as {@link Scale} says it.
 *
 * @param from the lower end
 * @param to the upper end
 * @param low the lower end's word, as a label of this name
 * @param high the upper end's word, as a label of this name
 */
public record ScaleModel(
        Written<Double> from,
        Written<Double> to,
        LabelModel low,
        LabelModel high,
        MultiTokenWords multiTokenWords,
        Calibration calibration) {

    /** The two ends as labels, the lower one first. */
    public List<LabelModel> poles() {
        return List.of(low, high);
    }
}
