package dev.cloze.runtime.text;

import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.archive.Manifest.Training;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.RescuingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.TargetFineTuning;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of fine-tuning on pairs: encodes them, drives the loop, and keeps what came of it. */
final class TextRun<I> {

    private final LanguageModel model;
    private final CompiledTextTask<I> compiled;
    private final TrainingOptions options;
    private final List<TrainingListener> listeners;

    TextRun(
            LanguageModel model,
            CompiledTextTask<I> compiled,
            TrainingOptions options,
            List<TrainingListener> listeners) {
        this.model = model;
        this.compiled = compiled;
        this.options = options;
        this.listeners = listeners;
    }

    /** The session takes over the model's lease. */
    TextSession<I> run(List<TextPair<I>> train, List<TextPair<I>> dev) {
        List<EncodedPair> pairs = train.stream().map(compiled::pair).toList();
        List<TextRow> rows = pairs.stream().map(EncodedPair::row).toList();
        List<TextRow> devRows =
                dev.stream().map(compiled::pair).map(EncodedPair::row).toList();
        TargetLikelihood devLikelihood = new TargetLikelihood(devRows);
        String dataHash = dataHash(rows);
        double cut = pairs.stream().filter(EncodedPair::cut).count() / (double) pairs.size();
        RescuingLoop loop = new RescuingLoop(
                options,
                new TrainingTask(rows.size(), cut, identity(dataHash, dataHash(devRows))),
                listeners,
                "dev log-likelihood of a token");
        try (TargetFineTuning tuning = new TargetFineTuning(model.textBackbone(), rows, options, devLikelihood::mean)) {
            loop.run(tuning, folder -> {
                try (TextBackbone best = tuning.tuned()) {
                    TextArchive.save(model, compiled, best, record(dataHash, loop), folder);
                }
            });
            return new TextSession<>(model, compiled, tuning.tuned(), record(dataHash, loop));
        }
    }

    private Training record(String dataHash, RescuingLoop loop) {
        return new Training(options.seed(), options.values(), dataHash, loop.metrics());
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

    private Map<String, String> identity(String dataHash, String devHash) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("task", compiled.task().name());
        identity.put("template", compiled.task().template());
        identity.put("maxLength", Integer.toString(compiled.maxLength()));
        identity.put("backbone", model.folder().weightsHash());
        identity.put("tokenizer", model.folder().tokenizerHash());
        identity.put("training data", dataHash);
        identity.put("development data", devHash);
        return identity;
    }
}
