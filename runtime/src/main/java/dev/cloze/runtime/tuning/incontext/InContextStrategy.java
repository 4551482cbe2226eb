package dev.cloze.runtime.tuning.incontext;

import com.google.auto.service.AutoService;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.InContextOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ClassificationStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.Strategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.demonstration.DemonstratedProduct;
import dev.cloze.runtime.tuning.demonstration.DemonstratedTemplate;
import dev.cloze.runtime.tuning.demonstration.DemonstrationPool;
import dev.cloze.runtime.tuning.demonstration.Place;
import dev.cloze.runtime.tuning.demonstration.SavedDemonstrations;
import dev.cloze.runtime.tuning.demonstration.ShuffledSets;
import dev.cloze.runtime.tuning.mask.ExampleHash;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Trains nothing: a pretrained model reads labelled examples, then the input, and says the label word (Brown et al. 2020,
 * GPT-3, arXiv 2005.14165, section 2).
 *
 * <p>The examples are drawn by the seed, as many of each label as have room, and stand before the input in an order by the
 * seed; with {@code sets} above 1 the scores of several draws are averaged. Prefer it where nothing may be trained, or to
 * see what a model knows; with sixteen examples a label, tuning is usually better. Calibrate it ({@code
 * Calibration.CONTEXTUAL}): what a model says leans to the labels of the examples, the last above all (Zhao et al. 2021,
 * arXiv 2102.09690, section 3).
 */
@AutoService(Strategy.class)
public final class InContextStrategy implements ClassificationStrategy {

    @Override
    public TuningMethod method() {
        return TuningMethod.IN_CONTEXT;
    }

    @Override
    public LabelProduct untrained(LabelTask task) {
        return MaskProduct.untrained(task);
    }

    @Override
    public LabelProduct read(LabelTask task, SavedProduct saved) {
        return DemonstratedProduct.read(task, saved, Place.BEFORE);
    }

    @Override
    public TuningResult<LabelProduct> tune(
            LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request) {
        TrainingOptions options = request.training().options(task.tuning(), TrainingOptions.defaults(), true);
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            DemonstratedTemplate template = DemonstratedTemplate.of(
                    task, task.templates().get(0), model, DemonstratedProduct.room(options, false), Place.BEFORE);
            SavedDemonstrations shown = shown(task, template, train, options);
            MaskProduct product =
                    MaskProduct.of(model, template.task(), null, DemonstratedProduct.asking(task, template, shown));
            return new TuningResult<>(product, record(template, train, dev, product, options));
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private static SavedDemonstrations shown(
            LabelTask task, DemonstratedTemplate template, LabeledValues train, TrainingOptions options) {
        DemonstrationPool pool =
                new DemonstrationPool(template, train, task.labels().size());
        int[][] sets = ShuffledSets.asManyAsFit(
                pool,
                options.get(InContextOptions.SETS),
                options.get(InContextOptions.DEMONSTRATIONS),
                template.roomForDemonstrations(),
                options.seed());
        return SavedDemonstrations.of(pool, sets);
    }

    private static TrainingRecord record(
            DemonstratedTemplate template,
            LabeledValues train,
            LabeledValues dev,
            LabelProduct product,
            TrainingOptions options) {
        Map<String, String> own = new LinkedHashMap<>();
        InContextOptions.ALL.stream()
                .filter(option -> options.isSet(option) || option.usual().isPresent())
                .forEach(option -> own.put(option.name(), String.valueOf(options.get(option))));
        String dataHash = ExampleHash.of(template.task().encode(train.inputs(), 1), train.labels());
        Map<String, Double> metrics = dev.isEmpty() ? Map.of() : Map.of("dev accuracy", dev.accuracy(product));
        return new TrainingRecord(options.seed(), own, dataHash, metrics);
    }
}
