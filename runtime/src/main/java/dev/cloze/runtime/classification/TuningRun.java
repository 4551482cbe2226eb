package dev.cloze.runtime.classification;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.archive.Manifest.Training;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.RescuingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelProjection;
import dev.cloze.runtime.tuning.PromptFineTuning;
import dev.cloze.runtime.tuning.TrainingExamples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One run of prompt-based fine-tuning: encodes the examples, drives the loop, and keeps what came of it. */
final class TuningRun<I, L> {

    private final LanguageModel model;
    private final CompiledTask<I, L> compiled;
    private final TrainingOptions options;
    private final List<TrainingListener> listeners;

    TuningRun(
            LanguageModel model,
            CompiledTask<I, L> compiled,
            TrainingOptions options,
            List<TrainingListener> listeners) {
        this.model = model;
        this.compiled = compiled;
        this.options = options;
        this.listeners = listeners;
    }

    /** The session takes over the model's lease. */
    Session<I, L> run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        EncodedInputs<I> texts = new EncodedInputs<>(compiled, inputs(train));
        int[] labels = labels(train);
        String dataHash = dataHash(texts.apply(1), labels);
        // What has no room at the longest word's masks is told now, not by the first evaluation.
        compiled.encode(inputs(dev), compiled.verbalizer().masks());
        String devHash = dataHash(compiled.encode(inputs(dev), 1), labels(dev));
        try (PromptFineTuning tuning = tuning(texts, labels, accuracy(dev))) {
            TrainingTask data = new TrainingTask(labels.length, texts.cutShare(), identity(dataHash, devHash));
            RescuingLoop loop = new RescuingLoop(options, data, listeners, "dev accuracy");
            loop.run(tuning, folder -> {
                try (Backbone best = tuning.tuned()) {
                    ClassifierArchive.save(model, compiled, best, record(dataHash, loop), folder);
                }
            });
            return new Session<>(model, compiled, tuning.tuned(), record(dataHash, loop));
        }
    }

    private Training record(String dataHash, RescuingLoop loop) {
        return new Training(options.seed(), options.values(), dataHash, loop.metrics());
    }

    /** A model that writes text is asked for words of several tokens as texts; one with masks, at so many masks. */
    private PromptFineTuning tuning(EncodedInputs<I> texts, int[] labels, ToDoubleFunction<Backbone> accuracy) {
        if (compiled.verbalizer().isJoint() && model.backbone() instanceof TextBackbone text) {
            WrittenWords words = new WrittenWords(model, compiled.verbalizer());
            return new PromptFineTuning(text, words.targets(texts), labels, options, accuracy);
        }
        List<LabelProjection> projections = LabelProjection.of(compiled.verbalizer());
        List<List<TokenRow>> rows = projections.stream()
                .map(projection -> texts.apply(projection.masks()).stream()
                        .map(ModelTemplate::row)
                        .toList())
                .toList();
        return new PromptFineTuning(
                model.backbone(), projections, new TrainingExamples(rows, labels), options, accuracy);
    }

    private List<I> inputs(List<Labeled<I, L>> examples) {
        return examples.stream().map(Labeled::input).toList();
    }

    private int[] labels(List<Labeled<I, L>> examples) {
        List<L> labels = compiled.verbalizer().labels();
        return examples.stream()
                .mapToInt(example -> labels.indexOf(example.label()))
                .toArray();
    }

    /** Each example is its label, its length, and the id and segment of each token. */
    private static String dataHash(List<EncodedText> texts, int[] labels) {
        DataHash hash = new DataHash();
        for (int i = 0; i < labels.length; i++) {
            EncodedText text = texts.get(i);
            hash.add(labels[i], text.length());
            for (int t = 0; t < text.length(); t++) {
                hash.add(text.ids()[t], text.segmentIds()[t]);
            }
        }
        return hash.hex();
    }

    /** Accuracy on the development set, of uncalibrated predictions: what training optimises. */
    private ToDoubleFunction<Backbone> accuracy(List<Labeled<I, L>> dev) {
        List<I> inputs = inputs(dev);
        return backbone -> {
            List<Prediction<L>> predictions =
                    Classifier.uncalibrated(compiled, backbone).predict(inputs);
            int right = 0;
            for (int i = 0; i < dev.size(); i++) {
                right += predictions.get(i).label().equals(dev.get(i).label()) ? 1 : 0;
            }
            return right / (double) dev.size();
        };
    }

    private Map<String, String> identity(String dataHash, String devHash) {
        ClassificationTask<I, L> task = compiled.task();
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("task", task.name());
        identity.put("template", task.template());
        identity.put("labels", task.labels().toString());
        identity.put("multiTokenWords", task.multiTokenWords().name());
        identity.put("maxLength", Integer.toString(compiled.template().maxLength()));
        identity.put("backbone", model.folder().weightsHash());
        identity.put("tokenizer", model.folder().tokenizerHash());
        identity.put("training data", dataHash);
        identity.put("development data", devHash);
        return identity;
    }
}
