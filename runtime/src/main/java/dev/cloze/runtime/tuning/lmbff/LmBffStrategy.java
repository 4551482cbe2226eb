package dev.cloze.runtime.tuning.lmbff;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.demonstration.DemonstratedInputs;
import dev.cloze.runtime.tuning.demonstration.DemonstratedProduct;
import dev.cloze.runtime.tuning.demonstration.DemonstratedTemplate;
import dev.cloze.runtime.tuning.demonstration.DemonstrationPool;
import dev.cloze.runtime.tuning.demonstration.DemonstrationSets;
import dev.cloze.runtime.tuning.demonstration.DrawnDemonstrations;
import dev.cloze.runtime.tuning.demonstration.Place;
import dev.cloze.runtime.tuning.demonstration.SavedDemonstrations;
import dev.cloze.runtime.tuning.demonstration.ShuffledSets;
import dev.cloze.runtime.tuning.loop.LabelRate;
import dev.cloze.runtime.tuning.mask.LabelTuning;
import dev.cloze.runtime.tuning.mask.MaskAnswers;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.mask.TrainingTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
 * the gain is largest for pairs of texts, and for single sentences it may be none (table 3 there).
 */
@AutoService(Strategy.class)
public final class LmBffStrategy implements ClassificationStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.LM_BFF;
    }

    @Override
    public LabelProduct untrained(LabelTask task) {
        return MaskProduct.untrained(task);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return DemonstratedProduct.read(task, saved, Place.BEHIND);
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        List<LanguageModel> leases = new ArrayList<>();
        try {
            LanguageModel model = LanguageModel.open(task.tuning().backbone());
            leases.add(model);
            TrainingOptions usual = TrainingOptions.defaults()
                    .withLearningRate(LabelRate.of(model.backbone().shape().hiddenSize()));
            TrainingOptions options = request.training().options(task.tuning(), usual, dev.isEmpty());
            DemonstratedProduct.similarityModel(options).ifPresent(leases::add);
            DemonstratedTemplate template = DemonstratedTemplate.of(
                    task, task.templates().get(0), model, DemonstratedProduct.room(options, true), Place.BEHIND);
            DemonstrationPool pool =
                    new DemonstrationPool(template, train, task.labels().size());
            pool.requireOfEach(2, task.labels(), "one to learn from and another to show beside it");
            TrainingTexts texts = leases.size() > 1
                    ? SimilarTexts.of(task, template, pool, leases.get(1), options)
                    : texts(task, template, pool, options);
            // What can't be calibrated now can't be after the training either.
            MaskAnswers.of(template.task(), texts.product().encoding(), model.backbone());
            return new LabelTuning(model, template.task(), options, request).run(train, dev, plain -> texts);
        } catch (RuntimeException | Error e) {
            leases.forEach(LanguageModel::close);
            throw e;
        }
    }

    private static TrainingTexts texts(
            LabelTask task, DemonstratedTemplate template, DemonstrationPool pool, TrainingOptions options) {
        int[][] sets = ShuffledSets.oneOfEach(pool, options.get(LmBffOptions.SETS), options.seed());
        int[][] devSets = ShuffledSets.oneOfEach(pool, options.get(LmBffOptions.DEV_SETS), options.seed());
        return new TrainingTexts(
                new DrawnDemonstrations(template, pool, DrawnDemonstrations.allOthers(pool)),
                new DemonstratedInputs(template, pool, DemonstrationSets.fixed(devSets)),
                DemonstratedProduct.asking(task, template, SavedDemonstrations.of(pool, sets)),
                Map.of("demonstrations", limits(template)));
    }

    /** What a checkpoint must agree with of how long texts are. */
    static String limits(DemonstratedTemplate template) {
        return "texts of " + template.limits().demonstration() + " tokens beside texts of "
                + template.limits().input();
    }
}
