package dev.cloze.runtime.tuning.finetuning;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.FineTuningOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.ExtractionStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.RegressionStrategy;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.tuning.SpanValues;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValueProduct;
import dev.cloze.runtime.tuning.head.HeadDevelopment;
import dev.cloze.runtime.tuning.head.HeadExamples;
import dev.cloze.runtime.tuning.head.HeadProduct;
import dev.cloze.runtime.tuning.head.HeadReading;
import dev.cloze.runtime.tuning.head.HeadTuning;
import dev.cloze.runtime.tuning.loop.LabelRate;
import dev.cloze.runtime.tuning.scale.ScaleProduct;
import dev.cloze.runtime.tuning.tag.TagProduct;
import dev.cloze.runtime.tuning.tag.TagRate;
import dev.cloze.runtime.tuning.tag.TagReading;
import dev.cloze.runtime.tuning.tag.TagTuning;
import java.util.function.Function;

/**
 * Puts a new classification head on the language model and tunes all weights with cross-entropy over the labels (Devlin et al.
 * 2019, BERT, arXiv 1810.04805, section 4.1): pooling, dropout and head as transformers has them for each architecture. On a scale
 * the head has one number, and the loss is the mean squared error; what it says may lie outside the scale. Spans are labelled by a
 * tag for each word, at its first token (section 5.3 there).
 *
 * <p>It learns what its labels are from the examples alone, so prefer it when there are hundreds of them a label; with few,
 * methods with prompts know more to begin with. Models without a language-model head will do.
 */
@AutoService(Strategy.class)
public final class FineTuningStrategy implements ClassificationStrategy, RegressionStrategy, ExtractionStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.FINE_TUNING;
    }

    /** There is no head to answer with; the method's row says so. */
    @Override
    public LabelProduct untrained(LabelTask task) {
        throw new IllegalStateException("FINE_TUNING answers nothing before it is trained");
    }

    @Override
    public ValueProduct untrained(ScaleTask task) {
        throw new IllegalStateException("FINE_TUNING answers nothing before it is trained");
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> {
            return HeadProduct.read(model, HeadReading.of(task, model, HeadProduct.pooling(saved)), saved);
        });
    }

    @Override
    public ValueProduct read(ScaleTask task, SavedProduct saved) {
        return ScaleProduct.savedNumber(task, saved, scores -> read(task.number(), scores));
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        return tune(
                task,
                dev.isEmpty(),
                reading -> HeadExamples.of(reading, train),
                reading -> HeadDevelopment.of(reading, dev),
                request,
                product -> product);
    }

    @Override
    public TuningResult<ValueProduct> tune(
            ScaleTask task, RatedValues train, RatedValues dev, TuningRequest<ValueProduct> request) {
        return tune(
                task.number(),
                dev.isEmpty(),
                reading -> HeadExamples.of(reading, ScaleProduct.learned(train, task.scale())),
                reading -> HeadDevelopment.of(reading, dev),
                request,
                product -> ScaleProduct.number(product, task.scale()));
    }

    @Override
    public SpanProduct read(SpanTask task, SavedProduct saved) {
        return LanguageModel.lend(task.tuning(), model -> TagProduct.read(model, TagReading.of(task, model, 0), saved));
    }

    @Override
    public TuningResult<SpanProduct> tune(
            SpanTask task, SpanValues train, SpanValues dev, TuningRequest<SpanProduct> request) {
        return LanguageModel.lend(task.tuning(), model -> {
            double rate = TagRate.of(model.backbone().shape().hiddenSize());
            TrainingOptions options = options(task.tuning(), rate, request, dev.isEmpty());
            return new TagTuning(model, TagReading.of(task, model, 0), options, request).run(train, dev);
        });
    }

    private static TrainingOptions options(
            TaskTuning tuning, double rate, TuningRequest<?> request, boolean withoutDev) {
        TrainingOptions usual = TrainingOptions.defaults().withLearningRate(rate);
        return request.training().options(tuning, usual, withoutDev);
    }

    private static <P extends Product> TuningResult<P> tune(
            LabelTask task,
            boolean withoutDev,
            Function<HeadReading, HeadExamples> train,
            Function<HeadReading, HeadDevelopment> dev,
            TuningRequest<P> request,
            Function<HeadProduct, P> finish) {
        return LanguageModel.lend(task.tuning(), model -> {
            double rate = LabelRate.of(model.backbone().shape().hiddenSize());
            TrainingOptions options = options(task.tuning(), rate, request, withoutDev);
            StatePooling pooling = StatePooling.of(options.get(FineTuningOptions.POOLING));
            HeadReading reading = HeadReading.of(task, model, pooling);
            return new HeadTuning<>(model, reading, options, request, finish)
                    .run(train.apply(reading), dev.apply(reading));
        });
    }
}
