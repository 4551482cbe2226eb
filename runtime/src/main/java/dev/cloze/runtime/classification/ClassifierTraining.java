package dev.cloze.runtime.classification;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of a classification task, from labelled inputs to a session with what was tuned. */
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
        TuningRequest<LabelProduct> tuning = new TuningRequest<>(
                request,
                (product, record, folder) -> ClassifierArchive.save(new Session<>(task, product, record), folder));
        TuningResult<LabelProduct> result =
                Session.strategyOf(task).tune(LabelTask.of(task), values(train, labels), values(dev, labels), tuning);
        return new Session<>(task, result.product(), result.training());
    }

    private LabeledValues values(List<Labeled<I, L>> examples, List<L> labels) {
        List<I> inputs = examples.stream().map(Labeled::input).toList();
        int[] indices = examples.stream()
                .mapToInt(example -> labels.indexOf(example.label()))
                .toArray();
        return new LabeledValues(new InputValues<>(inputs, task.placeholders()), indices);
    }
}
