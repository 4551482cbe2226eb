package dev.cloze.runtime.classification;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.ProgressDisplay;
import dev.cloze.runtime.tuning.PromptFineTuning;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of a classification task, from labelled inputs to a session with tuned weights. */
public final class ClassifierTraining<I, L> {

    private static final Logger LOG = LoggerFactory.getLogger(ClassifierTraining.class);

    private final ClassificationTask<I, L> task;
    private final UnaryOperator<TrainingOptions> change;
    private final List<TrainingListener> listeners;
    private final boolean quiet;

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
        this.listeners = List.copyOf(listeners);
        this.quiet = quiet;
    }

    /** Trains once; the caller closes the session. */
    public Session<I, L> run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        TrainingSet.check(train, List.copyOf(task.labels().keySet()))
                .remarks()
                .forEach(remark -> LOG.warn("{}: {}", task.name(), remark));
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            CompiledTask<I, L> compiled = CompiledTask.of(task, model);
            TrainingOptions options = options(model, dev.isEmpty());
            return new TuningRun<>(model, compiled, options, heard()).run(train, dev);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    private List<TrainingListener> heard() {
        List<TrainingListener> heard = new ArrayList<>();
        if (!quiet) {
            heard.add(ProgressDisplay.listener());
        }
        heard.addAll(listeners);
        return heard;
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
        int width = model.backbone().shape().hiddenSize();
        options = change.apply(options).orLearningRate(PromptFineTuning.learningRate(width));
        return withoutDev ? options.withEvaluateEvery(0) : options;
    }
}
