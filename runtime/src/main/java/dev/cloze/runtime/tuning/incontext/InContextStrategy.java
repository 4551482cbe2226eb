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
import dev.cloze.runtime.tuning.demonstration.Selection;
import dev.cloze.runtime.tuning.demonstration.SentenceVectors;
import dev.cloze.runtime.tuning.demonstration.ShuffledSets;
import dev.cloze.runtime.tuning.loop.ExampleHash;
import dev.cloze.runtime.tuning.mask.Asking;
import dev.cloze.runtime.tuning.mask.MaskProduct;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains nothing: a pretrained model reads labelled examples, then the input, and says the label word (Brown et al. 2020,
 * GPT-3, arXiv 2005.14165, section 2).
 *
 * <p>The examples are drawn by the seed, as many of each label as have room, and stand before the input in an order by the
 * seed; with {@code sets} above 1 the scores of several draws are averaged. Where a model for {@code similarity} is named, each input
 * is read with the examples most like it instead, the likest last (Liu et al. 2022, arXiv 2101.06804). Prefer it where nothing may be trained, or to
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
        List<LanguageModel> leases = new ArrayList<>();
        try {
            LanguageModel model = LanguageModel.open(task.tuning());
            leases.add(model);
            DemonstratedProduct.similarityModel(options).ifPresent(leases::add);
            DemonstratedTemplate template = DemonstratedTemplate.of(
                    task, task.templates().get(0), model, DemonstratedProduct.room(options, false), Place.BEFORE);
            DemonstrationPool pool =
                    new DemonstrationPool(template, train, task.labels().size());
            Asking asking = asking(task, template, pool, leases, options);
            MaskProduct product = MaskProduct.of(model, template.task(), null, asking);
            return new TuningResult<>(product, record(template, train, dev, product, options));
        } catch (RuntimeException | Error e) {
            leases.forEach(LanguageModel::close);
            throw e;
        }
    }

    private static Asking asking(
            LabelTask task,
            DemonstratedTemplate template,
            DemonstrationPool pool,
            List<LanguageModel> leases,
            TrainingOptions options) {
        int sets = options.get(InContextOptions.SETS);
        int ofEach = options.get(InContextOptions.DEMONSTRATIONS);
        if (leases.size() > 1) {
            SentenceVectors vectors = new SentenceVectors(leases.get(1));
            return DemonstratedProduct.asking(
                    task,
                    template,
                    pool,
                    vectors,
                    DemonstratedProduct.similarity(pool, vectors),
                    new Selection(sets, ofEach, options.seed()));
        }
        int[][] shown = ShuffledSets.asManyAsFit(pool, sets, ofEach, template.roomForDemonstrations(), options.seed());
        return DemonstratedProduct.asking(task, template, SavedDemonstrations.of(pool, shown));
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
