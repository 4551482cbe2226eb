package dev.cloze.benchmarks.softmethods;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.List;

/**
 * A row of the table.
 *
 * @param id by which results are kept; never changed once there are some
 * @param title as the page has it
 * @param rates the learning rates that are tried, ascending
 * @param tuning the method and its options
 * @param backboneShare the share of the learning rate that the model's own weights have beside virtual tokens; 0 where that
 *     has no meaning
 */
record MethodRow(String id, String title, List<Double> rates, TaskTuning tuning, double backboneShare) {

    private static final int LENGTH = 20;
    private static final List<Double> OF_WEIGHTS = List.of(2e-5, 5e-5, 1e-4, 2e-4);

    /** All rows: those that train all weights first. Equally many rates are tried for each, around the method's usual one. */
    static List<MethodRow> all() {
        return List.of(
                row("fine-tuning", "Fine-tuning", OF_WEIGHTS, of(TuningMethod.FINE_TUNING)),
                row("prompt", "Prompt-based fine-tuning", OF_WEIGHTS, of(TuningMethod.PROMPT_FINE_TUNING)),
                new MethodRow(
                        "p-tuning-joint",
                        "P-tuning, model tuned too",
                        List.of(2e-4, 5e-4, 1e-3, 2e-3),
                        soft(TuningMethod.P_TUNING).with("freezeBackbone", false),
                        0.1),
                row(
                        "p-tuning",
                        "P-tuning, model frozen",
                        List.of(5e-4, 1e-3, 2e-3, 5e-3),
                        soft(TuningMethod.P_TUNING).with("freezeBackbone", true)),
                row(
                        "prompt-tuning",
                        "Prompt tuning",
                        List.of(5e-3, 2e-2, 5e-2, 2e-1),
                        soft(TuningMethod.PROMPT_TUNING)),
                row(
                        "prefix-tuning",
                        "Prefix tuning",
                        List.of(5e-4, 1e-3, 2e-3, 5e-3),
                        soft(TuningMethod.PREFIX_TUNING)),
                row("p-tuning-v2", "P-tuning v2", List.of(2e-3, 5e-3, 1e-2, 2e-2), soft(TuningMethod.P_TUNING_V2)));
    }

    /** What a run with this learning rate is tuned with. */
    TaskTuning at(double rate) {
        return backboneShare == 0 ? tuning : tuning.with("backboneLearningRate", rate * backboneShare);
    }

    private static MethodRow row(String id, String title, List<Double> rates, TaskTuning tuning) {
        return new MethodRow(id, title, rates, tuning, 0);
    }

    private static TaskTuning soft(TuningMethod method) {
        return of(method).with("promptLength", LENGTH);
    }

    private static TaskTuning of(TuningMethod method) {
        return TaskTuning.of(method, Tuning.DEFAULT_BACKBONE);
    }
}
