package dev.cloze.runtime.classification;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.archive.Manifest.Training;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelProjection;
import dev.cloze.runtime.tuning.PromptFineTuning;
import dev.cloze.runtime.tuning.TrainingExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    private final BestSoFar best = new BestSoFar();

    TuningRun(
            LanguageModel model,
            CompiledTask<I, L> compiled,
            TrainingOptions options,
            List<TrainingListener> listeners) {
        this.model = model;
        this.compiled = compiled;
        this.options = options;
        this.listeners = new ArrayList<>(listeners);
        this.listeners.add(best);
    }

    /** The session takes over the model's lease. */
    Session<I, L> run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        List<LabelProjection> projections = LabelProjection.of(compiled.verbalizer());
        List<EncodedText> texts = compiled.encode(inputs(train), 1);
        TrainingExamples examples = examples(projections, train);
        String dataHash = DataHash.of(texts, examples.labels());
        double cut = texts.stream().filter(EncodedText::cut).count() / (double) train.size();
        TrainingTask loopTask = new TrainingTask(train.size(), cut, identity(dataHash));
        try (PromptFineTuning tuning =
                new PromptFineTuning(model.backbone(), projections, examples, options, accuracy(dev))) {
            try {
                new TrainingLoop(options, loopTask, listeners).run(tuning);
            } catch (ClozeException e) {
                throw e.problem() == Problem.TRAINING_DIVERGED && best.isKnown() ? rescued(e, tuning, dataHash) : e;
            }
            return new Session<>(model, compiled, tuning.tuned(), record(dataHash));
        }
    }

    private Training record(String dataHash) {
        return new Training(options.seed(), options.values(), dataHash, best.metrics());
    }

    /** Saves the best weights, which would be lost with the training that made them. */
    private ClozeException rescued(ClozeException diverged, PromptFineTuning tuning, String dataHash) {
        try (Backbone weights = tuning.tuned()) {
            Path checkpoints = options.checkpointFolder();
            Path folder = checkpoints == null
                    ? Files.createTempDirectory("cloze-diverged-")
                    : checkpoints.resolveSibling(checkpoints.getFileName() + "-diverged");
            ClassifierArchive.save(model, compiled, weights, record(dataHash), folder);
            return new ClozeException(
                    Problem.TRAINING_DIVERGED,
                    diverged.details().stripTrailing() + "\n  The best weights are saved in " + folder
                            + "; load them like any saved pipeline.",
                    diverged);
        } catch (IOException | ClozeException e) {
            diverged.addSuppressed(e);
            return diverged;
        }
    }

    private List<I> inputs(List<Labeled<I, L>> examples) {
        return examples.stream().map(Labeled::input).toList();
    }

    private TrainingExamples examples(List<LabelProjection> projections, List<Labeled<I, L>> train) {
        List<List<TokenRow>> rows = projections.stream()
                .map(projection -> compiled.encode(inputs(train), projection.masks()).stream()
                        .map(CompiledTask::row)
                        .toList())
                .toList();
        List<L> labels = compiled.verbalizer().labels();
        return new TrainingExamples(
                rows,
                train.stream()
                        .mapToInt(example -> labels.indexOf(example.label()))
                        .toArray());
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

    private Map<String, String> identity(String dataHash) {
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
        return identity;
    }
}
