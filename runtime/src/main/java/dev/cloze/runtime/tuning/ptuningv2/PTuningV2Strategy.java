package dev.cloze.runtime.tuning.ptuningv2;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.ExtractionStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.tuning.SpanValues;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.head.HeadDevelopment;
import dev.cloze.runtime.tuning.head.HeadExamples;
import dev.cloze.runtime.tuning.head.HeadProduct;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.head.HeadTuning;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.prefix.PrefixEncoder;
import dev.cloze.runtime.tuning.prefix.PrefixLayout;
import dev.cloze.runtime.tuning.prefix.PrefixPlan;
import dev.cloze.runtime.tuning.prefix.PrefixStart;
import dev.cloze.runtime.tuning.prefix.SavedPrefix;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import dev.cloze.runtime.tuning.tag.TagProduct;
import dev.cloze.runtime.tuning.tag.TagReading;
import dev.cloze.runtime.tuning.tag.TagTuning;

/**
 * Leaves the language model as it is and trains keys and values of virtual tokens in every layer, and a new classification head
 * on top (Liu et al. 2022, P-tuning v2, arXiv 2110.07602, section 3): what fine-tuning learns, in a hundredth of the numbers.
 *
 * <p>The model drops out as it did in pretraining, and so do the keys and values, as in the authors' code. The layer that the
 * architecture's published classifiers have before the labels is part of the head and trained with it; the authors' code leaves
 * BERT's pooler as it is. Spans are labelled by a tag for each word, at its first token.
 */
@AutoService(Strategy.class)
public final class PTuningV2Strategy implements ClassificationStrategy, ExtractionStrategy {

    /** Of keys and values that are trained themselves: the range in which the authors' code starts embeddings of BERT. */
    private static final double DEVIATION = 0.02;

    @Override
    public TuningMethod method() {
        return TuningMethod.P_TUNING_V2;
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            int length = SoftSettings.of(saved).before();
            HeadReading reading = HeadReading.behindPrefix(task, model, HeadProduct.pooling(saved), length);
            return HeadProduct.read(
                    model,
                    reading,
                    saved,
                    new SoftSettings(length, false).values(),
                    () -> SavedPrefix.read(model, saved));
        });
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return LanguageModel.lend(task.tuning(), model -> {
            TrainingOptions options = options(task.tuning(), model, request, dev.isEmpty());
            PrefixPlan plan = plan(model, options);
            StatePooling pooling = StatePooling.of(options.get(PrefixOptions.POOLING));
            HeadReading reading =
                    HeadReading.behindPrefix(task, model, pooling, plan.layout().length());
            return new HeadTuning<LabelProduct>(model, reading, options, request, product -> product)
                    .run(
                            HeadExamples.of(reading, train),
                            HeadDevelopment.of(reading, dev),
                            below(plan),
                            plan.settings());
        });
    }

    @Override
    public SpanProduct read(SpanTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            int length = SoftSettings.of(saved).before();
            return TagProduct.read(
                    model,
                    TagReading.of(task, model, length),
                    saved,
                    new SoftSettings(length, false).values(),
                    () -> SavedPrefix.read(model, saved));
        });
    }

    @Override
    public TuningResult<SpanProduct> tune(
            SpanTask task, SpanValues train, SpanValues dev, TuningRequest<SpanProduct> request) {
        return LanguageModel.lend(task.tuning(), model -> {
            TrainingOptions options = options(task.tuning(), model, request, dev.isEmpty());
            PrefixPlan plan = plan(model, options);
            TagReading reading = TagReading.of(task, model, plan.layout().length());
            return new TagTuning(model, reading, options, request).run(train, dev, below(plan), plan.settings());
        });
    }

    /** Prefixes and head in one, each with its optimizer's state; the model and the prefixes drop out. */
    private static HeadTuning.Plan below(PrefixPlan plan) {
        return (head, objective, options, devScore) -> {
            PrefixEncoder encoder = plan.encoder();
            SoftParts parts = SoftParts.frozen(plan.model().backbone(), encoder, encoder.form(true), options)
                    .withDropout(true)
                    .with(WeightGroup.of(head.weights(), options));
            return new SoftTuning(parts, objective, devScore);
        };
    }

    /** The middle of the paper's rates, 5e-3 to 1e-2, higher for small models. */
    private static TrainingOptions options(
            TaskTuning tuning, LanguageModel model, TuningRequest<?> request, boolean withoutDev) {
        int width = model.backbone().shape().hiddenSize();
        TrainingOptions usual =
                TrainingOptions.defaults().withWeightDecay(0).withLearningRate(width >= 512 ? 7e-3 : 1e-2);
        return request.training().options(tuning, usual, withoutDev);
    }

    private static PrefixPlan plan(LanguageModel model, TrainingOptions options) {
        int length = SoftSettings.before(TuningMethod.P_TUNING_V2, false, options);
        return new PrefixPlan(
                model,
                PrefixLayout.of(model.backbone(), length),
                options.get(PrefixOptions.DEEP_REPARAMETRIZED) ? options.get(PrefixOptions.DEEP_MIDDLE_SIZE) : 0,
                new PrefixStart(DEVIATION, options.seed()),
                null);
    }
}
