package dev.cloze.processor.read;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.ScaleModel;
import dev.cloze.processor.report.Place;
import java.util.List;
import java.util.Optional;

/** Reads the scale of a task. */
final class ScaleReader {

    private ScaleReader() {}

    static ScaleModel read(Annotation scale) {
        return new ScaleModel(
                scale.option("from", Double.class),
                scale.option("to", Double.class),
                pole(scale, "low"),
                pole(scale, "high"),
                scale.constant("multiTokenWords", MultiTokenWords.class),
                scale.constant("calibration", Calibration.class));
    }

    private static LabelModel pole(Annotation scale, String name) {
        Place place = scale.placeOf(name);
        return new LabelModel(name, Optional.of(List.of(new LabelWord(scale.string(name), place))), place);
    }
}
