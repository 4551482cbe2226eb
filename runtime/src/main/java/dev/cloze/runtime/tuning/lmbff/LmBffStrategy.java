package dev.cloze.runtime.tuning.lmbff;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.Compat;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.RegressionStrategy;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValueProduct;
import dev.cloze.runtime.tuning.demonstration.DemonstratedProduct;
import dev.cloze.runtime.tuning.demonstration.Place;
import dev.cloze.runtime.tuning.demonstration.SentenceVectors;
import dev.cloze.runtime.tuning.ensemble.TemplateEnsemble;
import dev.cloze.runtime.tuning.ensemble.TemplateTrainings;
import dev.cloze.runtime.tuning.mask.MaskExamples;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.plan.TrainingInputs;
import dev.cloze.runtime.tuning.scale.PoleTargets;
import dev.cloze.runtime.tuning.scale.ScaleProduct;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tunes all weights on the model's own task, each text read with one answered example of every label: T(x) + T~(x_1) + ... +
 * T~(x_|Y|) (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 6.1).
 *
 * <p>Where a model for {@code similarity} is named, demonstrations are drawn among the examples most like the text by its
 * sentence vectors (section 6.2): half of each label's share of the examples.
 *
 * <p>In training the demonstrations are drawn anew each time an example comes, and an example is never its own. Afterwards
 * an input is read with several sets of them, 16 as in the paper, and the logits are averaged; fewer sets answer faster, one
 * set sixteen times as fast. A model that sees nothing behind its mask has the demonstrations before the input. Prefer it to
 * prompt-based fine-tuning where a few points of accuracy are worth longer texts in training and several passes an answer:
 * the gain is largest for pairs of texts, and for single sentences it may be none (table 3 there). Of a task of several
 * templates each has a model of its own, and their scores are averaged.
 *
 * <p>On a scale one example of each half is shown, with the word of its end; {@link PoleTargets} tells the loss.
 */
@AutoService(Strategy.class)
public final class LmBffStrategy implements ClassificationStrategy, RegressionStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.LM_BFF;
    }

    @Override
    public LabelProduct untrained(LabelTask task) {
        return TemplateEnsemble.untrained(task);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return TemplateEnsemble.read(task, saved, (one, member) -> DemonstratedProduct.read(one, member, Place.BEHIND));
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        if (task.templates().size() > 1) {
            TrainingOptions options = request.training().options(task.tuning(), TrainingOptions.defaults(), true);
            return TemplateTrainings.tune(this, task, train, dev, request, encoder(options));
        }
        return new DemonstratedTuning<LabelProduct>(task, train, task.labels())
                .run(
                        options -> MaskExamples.of(train, options.loss()),
                        MaskExamples.of(dev, LabelLoss.CROSS_ENTROPY),
                        request,
                        product -> product);
    }

    /** The model whose vectors choose demonstrations, where one is named, and what they are made of. */
    static Map<String, String> encoder(TrainingOptions options) {
        Map<String, String> encoder = new TreeMap<>();
        DemonstratedProduct.similarityModel(options).ifPresent(model -> {
            try (model) {
                TrainingInputs.putModel(encoder, "similarity", options.get(DemonstrationOptions.SIMILARITY));
                encoder.putAll(new SentenceVectors(model).settings());
            }
        });
        return encoder;
    }

    @Override
    public ValueProduct untrained(ScaleTask task) {
        return ScaleProduct.between(MaskProduct.untrained(task.poles()), task);
    }

    @Override
    public ValueProduct read(ScaleTask task, SavedProduct saved) {
        return ScaleProduct.between(
                DemonstratedProduct.read(task.poles(), ScaleProduct.scores(task, saved), Place.BEHIND), task);
    }

    /** The examples of each half of the scale are shown with the word of its end. */
    @Override
    public TuningResult<ValueProduct> tune(
            ScaleTask task, RatedValues train, RatedValues dev, TuningRequest<ValueProduct> request) {
        double middle = task.scale().middle();
        List<String> halves = List.of(
                "\"" + task.scale().low() + "\" (up to " + middle + ")",
                "\"" + task.scale().high() + "\" (above " + middle + ")");
        return new DemonstratedTuning<ValueProduct>(task.poles(), train.halves(middle), halves)
                .run(
                        options -> PoleTargets.of(train, task.scale(), options.compat()),
                        PoleTargets.of(dev, task.scale(), Compat.PAPER),
                        request,
                        poles -> ScaleProduct.between(poles, task));
    }
}
