package dev.cloze.benchmarks.softmethods;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.benchmarks.accuracy.LearningRates;
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

    /** All rows: those that train all weights first. Equally many rates are tried for each, around the method's usual one. */
    static List<MethodRow> all() {
        return List.of(
                row("fine-tuning", "Fine-tuning", LearningRates.OF_WEIGHTS, of(TuningMethod.FINE_TUNING)),
                row(
                        "prompt",
                        "Prompt-based fine-tuning",
                        LearningRates.OF_WEIGHTS,
                        of(TuningMethod.PROMPT_FINE_TUNING)),
                new MethodRow(
                        "p-tuning-joint",
                        "P-tuning, model tuned too",
                        LearningRates.OF_JOINT_PROMPTS,
                        soft(TuningMethod.P_TUNING).with("freezeBackbone", false),
                        0.1),
                row(
                        "p-tuning",
                        "P-tuning, model frozen",
                        LearningRates.OF_NETWORKS,
                        soft(TuningMethod.P_TUNING).with("freezeBackbone", true)),
                row(
                        "prompt-tuning",
                        "Prompt tuning",
                        LearningRates.OF_VIRTUAL_TOKENS,
                        soft(TuningMethod.PROMPT_TUNING)),
                row("prefix-tuning", "Prefix tuning", LearningRates.OF_NETWORKS, soft(TuningMethod.PREFIX_TUNING)),
                row("p-tuning-v2", "P-tuning v2", LearningRates.OF_DEEP_PROMPTS, soft(TuningMethod.P_TUNING_V2)));
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
