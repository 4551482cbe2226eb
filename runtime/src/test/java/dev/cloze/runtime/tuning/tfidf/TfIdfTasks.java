package dev.cloze.runtime.tuning.tfidf;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TfIdf.Classifier;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.TfIdfOptions;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.LabelTask;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tasks of one text, with counted labels. */
final class TfIdfTasks {

    private TfIdfTasks() {}

    static LabelTask of(int labels, Classifier classifier) {
        return new LabelTask(
                "Text",
                List.of(new DeclaredTemplate<>("{text}", Map.of())),
                List.of("text"),
                IntStream.range(0, labels).<Object>mapToObj(i -> "L" + i).toList(),
                MultiTokenWords.JOINT,
                Calibration.NONE,
                TaskTuning.of(TuningMethod.TF_IDF).with(TfIdfOptions.CLASSIFIER.name(), classifier));
    }
}
