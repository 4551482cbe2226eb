package dev.cloze.benchmarks.accuracy;

import dev.cloze.annotations.Calibration;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.PromptTrainer;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.FewShotSplit;
import dev.cloze.testkit.data.TextExample;
import java.util.List;

/** Measures accuracy, 0 to 1, of the default model. */
final class Accuracy {

    /** Little keeps what the model knew, much teaches it something new; the development set decides. */
    static final List<Double> LEARNING_RATES = List.of(3e-5, 3e-4);

    static final TrainingOptions OPTIONS =
            TrainingOptions.defaults().withMaxSteps(100).withEvaluateEvery(20);

    /**
     * What tuning gave.
     *
     * @param learningRate the one of {@link #LEARNING_RATES} that is best on the development set; the first of equals
     * @param dev accuracy on the development set
     * @param test accuracy on the test set
     */
    record Tuned(double learningRate, double dev, double test) {}

    private Accuracy() {}

    /** Of the model as it is, without any example, on the task's test set. */
    static double zeroShot(AccuracyTask task, Calibration calibration) {
        try (PromptPipeline<TextExample, String> pipeline = PromptPipeline.zeroShot(task.declared(calibration))) {
            return of(pipeline, task.test());
        }
    }

    /** After tuning on the task's split of this seed. */
    static Tuned tuned(AccuracyTask task, int seed) {
        FewShotSplit<TextExample> split = task.splits().apply(seed);
        Tuned best = new Tuned(0, -1, 0);
        for (double learningRate : LEARNING_RATES) {
            TrainingOptions options = OPTIONS.withLearningRate(learningRate).withSeed(seed);
            try (PromptPipeline<TextExample, String> pipeline = fit(task, split, options)) {
                double dev = of(pipeline, split.dev());
                if (dev > best.dev()) {
                    best = new Tuned(learningRate, dev, of(pipeline, task.test()));
                }
            }
        }
        return best;
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
