package dev.cloze.benchmarks.tabletotext;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.List;

/**
 * A row of the table.
 *
 * @param id in the raw results
 * @param title in the table
 * @param trained whether anything is
 * @param tuning how
 */
record WritingRow(String id, String title, boolean trained, TaskTuning tuning) {

    private static final int PREFIX = 10;

    /** All of them, of a model. */
    static List<WritingRow> all(String model) {
        return List.of(
                new WritingRow(
                        "pretrained",
                        "the model as it is",
                        false,
                        TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model)),
                new WritingRow(
                        "prefix-tuning",
                        "prefix tuning, ten places",
                        true,
                        TaskTuning.of(TuningMethod.PREFIX_TUNING, model)
                                .with("promptLength", PREFIX)
                                .with("reparametrized", false)
                                .with("learningRate", 5e-3)),
                new WritingRow(
                        "fine-tuning",
                        "all weights",
                        true,
                        TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model).with("learningRate", 5e-5)));
    }
}
