package dev.cloze.processor.read;

import com.google.auto.common.AnnotationValues;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import dev.cloze.processor.model.SpansModel;
import java.util.List;
import java.util.Optional;

/** Reads which spans a task asks about. */
final class SpansReader {

    /** The name of what is no label, in messages. */
    private static final String NONE = "none";

    private SpansReader() {}

    static SpansModel read(Annotation spans) {
        List<LabelWord> words = spans.array(NONE).stream()
                .map(value -> new LabelWord(
                        AnnotationValues.getString(value), spans.place().at(value)))
                .toList();
        return new SpansModel(
                new LabelModel(NONE, Optional.of(words), spans.placeOf(NONE)),
                spans.option("longest", Integer.class),
                spans.option("negatives", Double.class),
                spans.place());
    }
}
