package dev.cloze.runtime.classification;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.PromptFineTuning;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of a classification task, from labelled inputs to a session with tuned weights. */
public final class ClassifierTraining<I, L> {

    private static final Logger LOG = LoggerFactory.getLogger(ClassifierTraining.class);

    private final ClassificationTask<I, L> task;
    private final TrainingRequest request;

    /** A training of this task as its caller asks for it. */
    public ClassifierTraining(ClassificationTask<I, L> task, TrainingRequest request) {
        this.task = task;
        this.request = request;
    }

    /** Trains once; the caller closes the session. */
    public Session<I, L> run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        List<L> labels = List.copyOf(task.labels().keySet());
        TrainingSet.check(train, labels).remarks().forEach(remark -> LOG.warn("{}: {}", task.name(), remark));
        ExampleChecks.complete(dev, labels, "development example");
        LanguageModel model = LanguageModel.open(task.tuning().backbone());
        try {
            CompiledTask<I, L> compiled = CompiledTask.of(task, model);
            Classifier.of(
                    compiled, model.backbone()); // what can't be calibrated now can't be after the training either
            double learningRate =
                    PromptFineTuning.learningRate(model.backbone().shape().hiddenSize());
            TrainingOptions options = request.options(task.tuning(), learningRate, dev.isEmpty());
            return new TuningRun<>(model, compiled, options, request.heard()).run(train, dev);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }
}
