package dev.cloze.runtime.classification;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.archive.Manifest.Training;
import dev.cloze.runtime.backbone.Encoder;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.training.ProgressDisplay;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.LabelProjection;
import dev.cloze.runtime.tuning.PromptFineTuning;
import dev.cloze.runtime.tuning.TrainingExamples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One training of a classification task, from labelled inputs to a session with tuned weights. */
public final class ClassifierTraining<I, L> {

    private static final Logger LOG = LoggerFactory.getLogger(ClassifierTraining.class);

    private final ClassificationTask<I, L> task;
    private final UnaryOperator<TrainingOptions> change;
    private final List<TrainingListener> listeners;

    /**
     * @param change what the caller changes of the options
     * @param quiet whether the progress is shown to the listeners alone
     */
    public ClassifierTraining(
            ClassificationTask<I, L> task,
            UnaryOperator<TrainingOptions> change,
            List<TrainingListener> listeners,
            boolean quiet) {
        this.task = task;
        this.change = change;
        this.listeners = new ArrayList<>(listeners);
        if (!quiet) {
            this.listeners.add(0, ProgressDisplay.listener());
        }
    }

    /** Trains; the caller closes the session. */
    public Session<I, L> run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        TrainingSet.check(train, List.copyOf(task.labels().keySet()))
                .remarks()
                .forEach(remark -> LOG.warn("{}: {}", task.name(), remark));
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            CompiledTask<I, L> compiled = CompiledTask.of(task, model);
            TrainingOptions options = options(model, dev.isEmpty());
            return train(model, compiled, options, train, dev);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private TrainingOptions options(LanguageModel model, boolean withoutDev) {
        TaskTuning tuning = task.tuning();
        TrainingOptions options = TrainingOptions.defaults().withCompat(tuning.compat());
        if (tuning.batchSize() > 0) {
            options = options.withBatchSize(tuning.batchSize());
        }
        if (tuning.maxSteps() > 0) {
            options = options.withMaxSteps(tuning.maxSteps());
        }
        if (tuning.learningRate() > 0) {
            options = options.withLearningRate(tuning.learningRate());
        }
        options = change.apply(options)
                .orLearningRate(PromptFineTuning.learningRate(
                        model.encoder().architecture().config().hiddenSize()));
        return withoutDev ? options.withEvaluateEvery(0) : options;
    }

    private Session<I, L> train(
            LanguageModel model,
            CompiledTask<I, L> compiled,
            TrainingOptions options,
            List<Labeled<I, L>> train,
            List<Labeled<I, L>> dev) {
        List<LabelProjection> projections = LabelProjection.of(compiled.verbalizer());
        List<EncodedText> texts = compiled.encode(inputs(train), 1);
        TrainingExamples examples = examples(compiled, projections, train);
        String dataHash = DataHash.of(texts, examples.labels());
        TrainingTask loopTask = new TrainingTask(
                train.size(),
                texts.stream().filter(EncodedText::cut).count() / (double) train.size(),
                identity(model, compiled, dataHash));
        try (PromptFineTuning tuning =
                new PromptFineTuning(model.encoder(), projections, examples, options, accuracy(compiled, dev))) {
            TrainingEnded ended = new TrainingLoop(options, loopTask, listeners).run(tuning);
            Map<String, Double> metrics = new LinkedHashMap<>();
            ended.best().ifPresent(best -> metrics.put("dev accuracy", best.score()));
            Training record = new Training(options.seed(), options.values(), dataHash, metrics);
            return new Session<>(model, compiled, tuning.tuned(), record);
        }
    }

    private static <I, L> List<I> inputs(List<Labeled<I, L>> examples) {
        return examples.stream().map(Labeled::input).toList();
    }

    private TrainingExamples examples(
            CompiledTask<I, L> compiled, List<LabelProjection> projections, List<Labeled<I, L>> train) {
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
    private static <I, L> ToDoubleFunction<Encoder> accuracy(CompiledTask<I, L> compiled, List<Labeled<I, L>> dev) {
        List<I> inputs = inputs(dev);
        return encoder -> {
            List<Prediction<L>> predictions =
                    Classifier.uncalibrated(compiled, encoder).predict(inputs);
            int right = 0;
            for (int i = 0; i < dev.size(); i++) {
                right += predictions.get(i).label().equals(dev.get(i).label()) ? 1 : 0;
            }
            return right / (double) dev.size();
        };
    }

    private Map<String, String> identity(LanguageModel model, CompiledTask<I, L> compiled, String dataHash) {
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
