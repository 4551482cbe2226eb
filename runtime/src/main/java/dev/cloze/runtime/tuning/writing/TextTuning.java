package dev.cloze.runtime.tuning.writing;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.TrainingIdentity;
import java.util.List;
import java.util.Map;

/** One run on pairs: encodes them, drives the loop, and keeps what came of it. */
public final class TextTuning {

    private final LanguageModel model;
    private final CompiledTextTask compiled;
    private final TrainingOptions options;
    private final TuningRequest<TextProduct> request;

    /** A run of a task on this model, which writes text. */
    public TextTuning(
            LanguageModel model,
            CompiledTextTask compiled,
            TrainingOptions options,
            TuningRequest<TextProduct> request) {
        this.model = model;
        this.compiled = compiled;
        this.options = options;
        this.request = request;
    }

    /** Trains all weights; the product takes over the model's lease. */
    public TuningResult<TextProduct> run(List<ValuePair> train, List<ValuePair> dev) {
        return run(train, dev, BackboneTraining.Plan.ofAllWeights(model.textBackbone()), Map.of());
    }

    /**
     * Trains; the product takes over the model's lease.
     *
     * @param plan what is trained: a {@link TextBackbone}
     * @param settings what has to be known to read the product again, by name
     */
    public TuningResult<TextProduct> run(
            List<ValuePair> train, List<ValuePair> dev, BackboneTraining.Plan plan, Map<String, String> settings) {
        List<EncodedPair> pairs = train.stream().map(compiled::pair).toList();
        List<TextRow> rows = pairs.stream().map(EncodedPair::row).toList();
        List<TextRow> devRows =
                dev.stream().map(compiled::pair).map(EncodedPair::row).toList();
        TargetLikelihood devLikelihood = new TargetLikelihood(devRows);
        double cut = pairs.stream().filter(EncodedPair::cut).count() / (double) pairs.size();
        Map<String, String> identity = identity(model, compiled, rows, devRows);
        identity.putAll(plan.identity(options));
        TrainingTask data = new TrainingTask(rows.size(), cut, identity);
        try (BackboneTraining tuning = plan.of(
                TargetObjective.of(rows, options.compat()),
                options,
                backbone -> devLikelihood.mean((TextBackbone) backbone))) {
            return request.train(
                    tuning,
                    options,
                    data,
                    "dev log-likelihood of a token",
                    () -> product(tuning, model.shared(), settings),
                    () -> product(tuning, model, settings));
        }
    }

    private WritingProduct product(BackboneTraining tuning, LanguageModel lease, Map<String, String> settings) {
        return new WritingProduct(lease, compiled, (TextBackbone) tuning.tuned(), settings);
    }

    /** Each pair is its two lengths and its tokens. */
    private static String dataHash(List<TextRow> rows) {
        DataHash hash = new DataHash();
        for (TextRow row : rows) {
            hash.add(row.source().length, row.target().length);
            hash.add(row.source());
            hash.add(row.target());
        }
        return hash.hex();
    }

    /** What the trained weights depend on, beside the options. */
    static Map<String, String> identity(
            LanguageModel model, CompiledTextTask compiled, List<TextRow> rows, List<TextRow> devRows) {
        return TrainingIdentity.of(
                model,
                compiled.task().name(),
                compiled.task().template(),
                compiled.maxLength(),
                dataHash(rows),
                dataHash(devRows));
    }
}
