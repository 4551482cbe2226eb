package dev.cloze.runtime.tuning.setfit;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.option.LoopOptions;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.reading.TextStates;
import java.util.Arrays;

/**
 * Tunes the model as a sentence encoder on pairs of examples, whose cosines are to be 1 where their labels are the same and 0
 * elsewhere, and has a logistic regression learn the labels from its vectors (Tunstall et al. 2022, SetFit, arXiv 2209.11055).
 *
 * <p>From a few examples it makes many pairs. Prefer it with a model that was trained for sentence vectors, such as
 * {@code all-MiniLM-L6-v2}, when examples are few and labels say what a text is about.
 */
@AutoService(Strategy.class)
public final class SetFitStrategy implements ClassificationStrategy {

    /** Pairs that are drawn at most. */
    static final int MOST_PAIRS = 1 << 20;

    private static final int BATCH = 16;
    private static final int MOST_STEPS = 1000;
    private static final double WARM_UP = 0.1;

    @Override
    public TuningMethod method() {
        return TuningMethod.SETFIT;
    }

    @Override
    public void check(LabelTask task, TrainingRequest request) {
        request.options(task.tuning(), begun(), false);
    }

    private static TrainingOptions begun() {
        return TrainingOptions.defaults().withBatchSize(BATCH);
    }

    /** There is no classifier to answer with; the method's row says so. */
    @Override
    public LabelProduct untrained(LabelTask task) {
        throw new IllegalStateException("SETFIT answers nothing before it is trained");
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            return SetFitProduct.read(model, SetFitProduct.reading(task, model, saved), saved);
        });
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return LanguageModel.lend(task.tuning(), model -> {
            HeadReading reading = HeadReading.ofVectors(task, model, TextStates.of(model));
            int hiddenSize = model.backbone().shape().hiddenSize();
            TrainingOptions options =
                    request.training().options(task.tuning(), usual(train.labels(), hiddenSize), dev.isEmpty());
            TrainingOptions warmed = options.isSet(LoopOptions.WARMUP_STEPS)
                    ? options
                    : options.withWarmupSteps(warmUp(options.maxSteps()));
            return new SetFitTuning(
                            model, reading, VectorLength.of(model.folder().sentenceModules()), warmed, request)
                    .run(train, dev);
        });
    }

    /** SetFit's {@code warmup_proportion} of the steps, rounded as transformers does it. */
    static int warmUp(int steps) {
        return (int) Math.ceil(steps * WARM_UP);
    }

    /** Once over all pairs in batches of 16, as SetFit does it, but a thousand steps at most. */
    static TrainingOptions usual(int[] labels, int hiddenSize) {
        long alike = Arrays.stream(labels)
                .distinct()
                .mapToLong(label ->
                        Arrays.stream(labels).filter(other -> other == label).count())
                .map(count -> count * (count + 1) / 2)
                .sum();
        long all = (long) labels.length * (labels.length + 1) / 2;
        long pairs = 2 * Math.max(alike, all - alike);
        return begun().withMaxSteps((int) Math.min(MOST_STEPS, (pairs + BATCH - 1) / BATCH))
                .withLearningRate(learningRate(hiddenSize));
    }

    /** SetFit's for usual sizes, higher for small models, which need it. */
    private static double learningRate(int hiddenSize) {
        return hiddenSize >= 384 ? 2e-5 : hiddenSize >= 256 ? 1e-4 : 3e-4;
    }
}
