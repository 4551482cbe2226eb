package dev.cloze.runtime.classification;

import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.data.DevelopmentLabels;
import dev.cloze.runtime.data.DevelopmentOverlap;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.data.TrainingSet;
import dev.cloze.runtime.model.TaskTemplate;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.EnsembleStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.LabeledValues;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of a classification task, from labelled inputs to a session with what was tuned. */
public final class ClassifierTraining<I, L> {

    private static final Logger LOG = LoggerFactory.getLogger(ClassifierTraining.class);

    private final ClassificationTask<I, L> task;
    private final TrainingRequest request;
    private final TuningRequest.Rescue<LabelProduct> rescue;

    /** A training of this task as its caller asks for it. */
    public ClassifierTraining(ClassificationTask<I, L> task, TrainingRequest request) {
        this(
                task,
                request,
                (product, record, folder) -> ClassifierArchive.save(new Session<>(task, product, record), folder));
    }

    private ClassifierTraining(
            ClassificationTask<I, L> task, TrainingRequest request, TuningRequest.Rescue<LabelProduct> rescue) {
        this.task = task;
        this.request = request;
        this.rescue = rescue;
    }

    /** The same where nothing is saved of a training that diverges. */
    public ClassifierTraining<I, L> withoutRescue() {
        return new ClassifierTraining<>(task, request, TuningRequest.Rescue.none());
    }

    /** Refuses what would be refused of any model and examples. */
    public void check() {
        MethodTraits row = MethodTable.of(task.tuning().method(), TaskKind.CLASSIFICATION);
        Session.strategyOf(task).check(LabelTask.of(task), request.of(row));
        if (row.readsWords()) {
            task.templates().forEach(template -> TaskTemplate.parse(template.text(), row.method()));
        }
    }

    /** Trains once; the caller closes the session. */
    public Session<I, L> run(List<Labeled<I, L>> train, List<Labeled<I, L>> dev) {
        return run(train, dev, none -> {});
    }

    /**
     * The same with inputs that have no label, which are gone through once.
     *
     * @param unlabeled hands each to what it is given
     */
    public Session<I, L> run(
            List<Labeled<I, L>> train, List<Labeled<I, L>> dev, Consumer<Consumer<? super I>> unlabeled) {
        return run(Session.strategyOf(task)::tune, train, dev, unlabeled);
    }

    /** Trains the models that the method has answer together; {@code TUNING_OPTION_NOT_APPLICABLE} where it has none. */
    public Session<I, L> runEnsemble(
            List<Labeled<I, L>> train, List<Labeled<I, L>> dev, Consumer<Consumer<? super I>> unlabeled) {
        if (Session.strategyOf(task) instanceof EnsembleStrategy strategy) {
            return run(strategy::tuneEnsemble, train, dev, unlabeled);
        }
        throw new ClozeException(
                Problem.TUNING_OPTION_NOT_APPLICABLE,
                task.tuning().method()
                        + " has no models beside what fit gives: a model for each template that it takes.\n  Call fit, or choose one of these methods: "
                        + Strategies.withEnsembles() + ".");
    }

    private interface Tuning {
        TuningResult<LabelProduct> tune(
                LabelTask task, LabeledValues train, LabeledValues dev, TuningRequest<LabelProduct> request);
    }

    private Session<I, L> run(
            Tuning method,
            List<Labeled<I, L>> train,
            List<Labeled<I, L>> dev,
            Consumer<Consumer<? super I>> unlabeled) {
        List<L> labels = List.copyOf(task.labels().keySet());
        if (!train.isEmpty() || Session.strategyOf(task).needsExamples()) {
            TrainingSet.check(train, labels).remarks().forEach(remark -> LOG.warn("{}: {}", task.name(), remark));
        }
        ExampleChecks.complete(dev, labels, "development example");
        TuningRequest<LabelProduct> tuning = new TuningRequest<>(
                request.of(MethodTable.of(task.tuning().method(), TaskKind.CLASSIFICATION)),
                new UnlabeledSource<>(unlabeled, task.placeholders()),
                rescue);
        LabeledValues given = LabeledValues.of(task, train, "training example");
        LabeledValues development = LabeledValues.of(task, dev, "development example");
        DevelopmentOverlap.remark(given.inputs(), development.inputs())
                .ifPresent(remark -> LOG.warn("{}: {}", task.name(), remark));
        DevelopmentLabels.remark(dev.stream().map(Labeled::label).toList())
                .ifPresent(remark -> LOG.warn("{}: {}", task.name(), remark));
        TuningResult<LabelProduct> result = method.tune(LabelTask.of(task), given, development, tuning);
        return new Session<>(task, result.product(), result.training());
    }
}
