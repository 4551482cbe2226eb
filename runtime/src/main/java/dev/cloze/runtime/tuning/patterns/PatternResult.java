package dev.cloze.runtime.tuning.patterns;

import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What comes of a run's models: all of them answering together, or one classifier that learns what they say. */
public final class PatternResult {

    private PatternResult() {}

    /** The models with the weights they left, each counting as the task's combination has it. */
    public static TuningResult<LabelProduct> ensemble(PatternRun run, List<PatternModel> models, LabeledValues train) {
        return new TuningResult<>(
                PatternEnsemble.of(run, models, run.weights(models, train)),
                PatternProduct.record(run, models, Map.of()));
    }

    /**
     * A classifier of the models' soft labels.
     *
     * @param training of the models, which begins when it is known that the classifier can read the task
     */
    public static TuningResult<LabelProduct> classifier(
            PatternRun run, Supplier<List<PatternModel>> training, LabeledValues train, LabeledValues dev) {
        Distillation distillation = new Distillation(run);
        List<PatternModel> models = training.get();
        FinishedStep soft = SoftLabels.step(run, models, run.weights(models, train));
        Distillation.Distilled distilled = distillation.run(soft, dev);
        return new TuningResult<>(distilled.product(), PatternProduct.record(run, models, distilled.metrics()));
    }
}
