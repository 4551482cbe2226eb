package dev.cloze.processor.model;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.processor.report.Place;
import java.util.List;
import javax.lang.model.element.TypeElement;

/**
 * A task's labels, in the order of the enum's constants.
 *
 * @param type the label enum
 * @param place where the task names it
 */
public record VerbalizerModel(
        TypeElement type,
        List<LabelModel> labels,
        MultiTokenWords multiTokenWords,
        Calibration calibration,
        Place place) {

    public VerbalizerModel {
        labels = List.copyOf(labels);
    }

    /** The name of the label enum in messages. */
    public String name() {
        return Names.of(type);
    }
}
