package dev.cloze.processor.read;

import com.google.auto.common.AnnotationValues;
import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.processor.model.CandidatesModel;
import dev.cloze.processor.model.LabelModel.LabelWord;
import java.util.List;

/** Reads the candidates of a task. */
final class CandidatesReader {

    private CandidatesReader() {}

    static CandidatesModel read(Annotation candidates) {
        List<LabelWord> words = candidates.array("value").stream()
                .map(word -> new LabelWord(
                        AnnotationValues.getString(word), candidates.place().at(word)))
                .toList();
        return new CandidatesModel(
                words,
                candidates.constant("multiTokenWords", MultiTokenWords.class),
                candidates.constant("calibration", Calibration.class),
                candidates.place());
    }
}
