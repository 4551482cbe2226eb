package dev.cloze.benchmarks.accuracy;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.Tuning;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.FewShotSplit;
import dev.cloze.testkit.data.TextExample;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Measures accuracy, 0 to 1. */
final class Accuracy {

    static final TrainingOptions OPTIONS =
            TrainingOptions.defaults().withMaxSteps(100).withEvaluateEvery(20);

    /**
     * What tuning gave.
     *
     * @param learningRate the one of {@link #learningRates} that is best on the development set; the first of equals
     * @param dev accuracy on the development set
     * @param test accuracy on the test set
     */
    record Tuned(double learningRate, double dev, double test) {}

    private Accuracy() {}

    /**
     * Those that are tried: little keeps what the model knew, much teaches it something new, and the development set
     * decides. They were chosen on training texts of SST-2 and TREC with other seeds; the quick model, which knows less,
     * bears more.
     */
    static List<Double> learningRates(String backbone) {
        return backbone.equals(Tuning.QUICK_BACKBONE) ? List.of(3e-5, 3e-4) : List.of(3e-5, 1e-4);
    }

    /** Of the model as it is, without any example, on the task's test set. */
    static double zeroShot(AccuracyTask task, Calibration calibration) {
        try (PromptPipeline<TextExample, String> pipeline = PromptPipeline.zeroShot(task.declared(calibration))) {
            return of(pipeline, task.test());
        }
    }

    /** After tuning on the task's split of this seed; only the better of the two is measured on the test set. */
    static Tuned tuned(AccuracyTask task, int seed) {
        FewShotSplit<TextExample> split = task.splits().apply(seed);
        double bestRate = 0;
        double bestDev = -1;
        PromptPipeline<TextExample, String> best = null;
        try {
            for (double learningRate : learningRates(task.backbone())) {
                PromptPipeline<TextExample, String> pipeline =
                        fit(task, split, OPTIONS.withLearningRate(learningRate).withSeed(seed));
                double dev = of(pipeline, split.dev());
                if (best == null || dev > bestDev) {
                    close(best);
                    best = pipeline;
                    bestDev = dev;
                    bestRate = learningRate;
                } else {
                    pipeline.close();
                }
            }
            return new Tuned(bestRate, bestDev, of(Objects.requireNonNull(best), task.test()));
        } finally {
            close(best);
        }
    }

    private static void close(@Nullable PromptPipeline<TextExample, String> pipeline) {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    private static PromptPipeline<TextExample, String> fit(
            AccuracyTask task, FewShotSplit<TextExample> split, TrainingOptions options) {
        return PromptTrainer.of(task.declared(Calibration.NONE))
                .options(defaults -> options)
                .quiet()
                .fit(AccuracyTask.labeled(split.train()), AccuracyTask.labeled(split.dev()));
    }

    private static double of(PromptPipeline<TextExample, String> pipeline, List<TextExample> examples) {
        return pipeline.evaluate(AccuracyTask.labeled(examples)).accuracy();
    }
}
