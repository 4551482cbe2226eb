package dev.cloze.runtime.tuning.patterns;

import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.option.LoopOptions;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.ensemble.TemplateEnsemble;
import dev.cloze.runtime.tuning.head.HeadProduct;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.loop.LabelRate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What comes of these methods: a classifier with a head, or the models of the templates answering together. */
public final class PatternProduct {

    private static final int MICRO_BATCHES = 4;

    private PatternProduct() {}

    /** The options of a run: the methods' own where nobody sets others. */
    public static TrainingOptions options(
            LabelTask task, TrainingRequest request, LanguageModel model, boolean withoutDev) {
        double rate = LabelRate.of(model.backbone().shape().hiddenSize());
        return options(task, request, options -> options.withLearningRate(rate), withoutDev);
    }

    /** The same, but for what follows from the model. */
    public static TrainingOptions options(LabelTask task, TrainingRequest request) {
        return options(task, request, UnaryOperator.identity(), false);
    }

    /** The paper's, section 4, but for the learning rate, which depends on the size of the model. */
    private static TrainingOptions options(
            LabelTask task, TrainingRequest request, UnaryOperator<TrainingOptions> rate, boolean withoutDev) {
        TrainingOptions usual = rate.apply(TrainingOptions.defaults().withWeightDecay(0.01));
        // Which of both batches and numbers of steps it is, is asked where neither limits what is set beside it.
        TrainingOptions unlimited = usual.withBatchSize(1024).withMaxSteps(1_000_000);
        boolean auxiliary =
                request.options(task.tuning(), unlimited, withoutDev).get(PetOptions.AUXILIARY_WEIGHT) > 0;
        return auxiliary
                ? inMicroBatches(
                        request.options(task.tuning(), usual.withBatchSize(4).withMaxSteps(1000), withoutDev))
                : request.options(task.tuning(), usual.withBatchSize(16).withMaxSteps(250), withoutDev);
    }

    /** In four micro-batches where nobody sets how many: of the usual batch each has one labelled example. */
    private static TrainingOptions inMicroBatches(TrainingOptions options) {
        return options.isSet(LoopOptions.ACCUMULATION)
                ? options
                : options.withAccumulation(Math.min(MICRO_BATCHES, options.batchSize()));
    }

    /** What was saved of either. */
    public static LabelProduct read(LabelTask task, SavedProduct saved) {
        if (!HeadProduct.isSaved(saved)) {
            return TemplateEnsemble.read(task, saved);
        }
        return LanguageModel.lend(task.tuning(), model -> {
            return HeadProduct.read(model, HeadReading.of(task, model, StatePooling.PLACES), saved);
        });
    }

    /**
     * How it was tuned.
     *
     * @param metrics of what came of it; the accuracy of each model on the development examples is added
     */
    public static TrainingRecord record(PatternRun run, List<PatternModel> models, Map<String, Double> metrics) {
        Map<String, Double> all = new TreeMap<>(metrics);
        models.forEach(model ->
                all.put("dev accuracy of " + model.name(), model.outcome().devAccuracy()));
        DataHash hash = new DataHash();
        models.forEach(model -> hash.add(model.step().hash().chars().toArray()));
        return new TrainingRecord(run.options().seed(), run.options().values(), hash.hex(), all);
    }
}
