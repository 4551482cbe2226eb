package dev.cloze.runtime.tuning.lmbff;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Product;
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
import dev.cloze.runtime.tuning.mask.InputEncoding;
import dev.cloze.runtime.tuning.mask.LabelTuning;
import dev.cloze.runtime.tuning.mask.MaskAnswers;
import dev.cloze.runtime.tuning.mask.MaskExamples;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import dev.cloze.runtime.tuning.mask.TrainingTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One run in which each text is read with an example of every label.
 *
 * @param <P> the kind of product
 */
final class DemonstratedTuning<P extends Product> {

    private final LabelTask task;
    private final LabeledValues shown;
    private final List<?> names;

    /**
     * A run of this task.
     *
     * @param shown the examples by the labels that they are shown with
     * @param names of these labels, for messages
     */
    DemonstratedTuning(LabelTask task, LabeledValues shown, List<?> names) {
        this.task = task;
        this.shown = shown;
        this.names = names;
    }

    /**
     * Trains on the same examples.
     *
     * @param train what they are to be answered with, which may follow from the options
     * @param finish makes the method's product of what answers at the mask, which it takes over
     */
    TuningResult<P> run(
            Function<TrainingOptions, MaskExamples> train,
            MaskExamples dev,
            TuningRequest<P> request,
            Function<MaskProduct, P> finish) {
        List<LanguageModel> leases = new ArrayList<>();
        try {
            LanguageModel model = LanguageModel.open(task.tuning());
            leases.add(model);
            TrainingOptions usual = TrainingOptions.defaults()
                    .withLearningRate(LabelRate.of(model.backbone().shape().hiddenSize()));
            TrainingOptions options = request.training()
                    .options(task.tuning(), usual, dev.inputs().isEmpty());
            DemonstratedProduct.similarityModel(options).ifPresent(leases::add);
            DemonstratedTemplate template = DemonstratedTemplate.of(
                    task, task.templates().get(0), model, DemonstratedProduct.room(options, true), Place.BEHIND);
            DemonstrationPool pool =
                    new DemonstrationPool(template, shown, task.labels().size());
            pool.requireOfEach(2, names, "one to learn from and another to show beside it");
            TrainingTexts texts = leases.size() > 1
                    ? SimilarTexts.of(task, template, pool, leases.get(1), options)
                    : texts(task, template, pool, options);
            requireCalibration(template, texts.product().encoding(), model);
            return new LabelTuning<>(model, template.task(), options, request, finish)
                    .run(train.apply(options), dev, plain -> texts);
        } catch (RuntimeException | Error e) {
            leases.forEach(LanguageModel::close);
            throw e;
        }
    }

    /** What can't be calibrated now can't be after the training either. */
    private void requireCalibration(DemonstratedTemplate template, InputEncoding encoding, LanguageModel model) {
        MaskAnswers answers = MaskAnswers.of(template.task(), encoding, model.backbone());
        if (encoding.surroundsEachByItself() && task.calibration() != Calibration.NONE) {
            answers.answer(shown.inputs().subList(0, 1));
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
