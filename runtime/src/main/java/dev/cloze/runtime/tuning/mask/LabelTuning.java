package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.TrainingIdentity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * One run on examples that are asked at the mask: encodes them, drives the loop, and keeps what came of it.
 *
 * @param <P> the kind of product
 */
public final class LabelTuning<P extends Product> {

    private final LanguageModel model;
    private final CompiledTask compiled;
    private final TrainingOptions options;
    private final TuningRequest<P> request;
    private final Function<MaskProduct, P> finish;

    /**
     * A run of a task's template on this model.
     *
     * @param finish makes the method's product of what answers at the mask, which it takes over
     */
    public LabelTuning(
            LanguageModel model,
            CompiledTask compiled,
            TrainingOptions options,
            TuningRequest<P> request,
            Function<MaskProduct, P> finish) {
        this.model = model;
        this.compiled = compiled;
        this.options = options;
        this.request = request;
        this.finish = finish;
    }

    /** Trains on the texts that the template gives; the product takes over the model's lease. */
    public TuningResult<P> run(MaskExamples train, MaskExamples dev) {
        return run(
                train,
                dev,
                texts -> new TrainingTexts(ExampleTexts.fixed(texts), compiled, Asking.plainly(compiled), Map.of()));
    }

    /**
     * Trains all weights on other texts; the product takes over the model's lease.
     *
     * @param asking what is made of the texts that the template gives
     */
    public TuningResult<P> run(MaskExamples train, MaskExamples dev, Function<EncodedInputs, TrainingTexts> asking) {
        return run(train, dev, asking, BackboneTraining.Plan.ofAllWeights(model.backbone()));
    }

    /**
     * Trains on other texts; the product takes over the model's lease.
     *
     * @param asking what is made of the texts that the template gives
     * @param plan what is trained
     */
    public TuningResult<P> run(
            MaskExamples train,
            MaskExamples dev,
            Function<EncodedInputs, TrainingTexts> asking,
            BackboneTraining.Plan plan) {
        EncodedInputs texts = new EncodedInputs(compiled, train.inputs());
        String dataHash = train.targets().hash(texts.apply(1));
        TrainingTexts how = asking.apply(texts);
        Support support = Support.of(options, train, request.unlabeled());
        try (VerbalizerTraining labels =
                VerbalizerTraining.of(model, compiled, options, train, how.examples(), support.inputs())) {
            if (labels.masks() > 1) {
                encodeAll(model, compiled, texts, train.targets().loss());
            }
            // What has no room at the longest word's masks is told now, not by the first evaluation.
            new EncodedInputs(how.development(), dev.inputs()).requireRoom(labels.masks());
            String devHash = dev.targets().hash(compiled.encode(dev.inputs(), 1));
            Map<String, String> more = new LinkedHashMap<>(how.identity());
            more.putAll(support.identity());
            more.putAll(plan.identity(options));
            return run(
                    train,
                    dev,
                    how,
                    plan,
                    labels,
                    new TrainingTask(
                            train.inputs().size(),
                            texts.cutShare(),
                            identity(model, compiled, dataHash, devHash, more)));
        }
    }

    private TuningResult<P> run(
            MaskExamples train,
            MaskExamples dev,
            TrainingTexts how,
            BackboneTraining.Plan plan,
            VerbalizerTraining labels,
            TrainingTask data) {
        ToDoubleFunction<Backbone> devScore = backbone -> dev.targets()
                .score(MaskAnswers.by(labels.present(), how.development(), backbone)
                        .answer(dev.inputs()));
        Objective.Plan objective = labels.objective(how.examples(), train.targets());
        try (BackboneTraining tuning = plan.of(objective, options, devScore, labels.groups())) {
            return request.train(
                    tuning,
                    options,
                    data,
                    dev.targets().metric(),
                    () -> finish.apply(MaskProduct.uncalibrated(
                            model.shared(),
                            compiled,
                            tuning.tuned(),
                            how.product().shared(),
                            labels.present())),
                    () -> finish.apply(MaskProduct.of(
                            model,
                            compiled,
                            tuning.tuned(),
                            how.product(),
                            tuned -> labels.finished(how.product().encoding(), tuned))));
        }
    }

    /** Encodes examples at every number of masks they are asked at: more masks leave less room, and what is cut then counts. */
    static void encodeAll(LanguageModel model, CompiledTask compiled, EncodedInputs texts, LabelLoss loss) {
        if (!LabelScores.isWritten(model, compiled)) {
            LabelProjection.of(compiled.verbalizer(), loss).forEach(projection -> {
                var unused = texts.apply(projection.masks());
            });
        }
    }

    /** What is made small where labels are scored by their words. */
    static Objective.Plan objective(
            LanguageModel model, CompiledTask compiled, ExampleTexts texts, MaskTargets targets) {
        return LabelObjective.by(LabelScores.of(model, compiled, texts, targets.loss())::of, targets);
    }

    /** What the trained weights depend on, beside the options. */
    static Map<String, String> identity(
            LanguageModel model, CompiledTask compiled, String dataHash, String devHash, Map<String, String> more) {
        LabelTask task = compiled.task();
        Map<String, String> identity = TrainingIdentity.of(
                model,
                task.name(),
                compiled.identity().text(),
                compiled.template().maxLength(),
                dataHash,
                devHash);
        identity.put(
                "labels",
                (task.ofWords() ? task.labels() : task.templates().get(0).words()).toString());
        identity.put("multiTokenWords", task.multiTokenWords().name());
        identity.putAll(more);
        return identity;
    }
}
