package dev.cloze.runtime.regression;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.data.DevelopmentOverlap;
import dev.cloze.runtime.data.RatedChecks;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.RegressionStrategy;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValueProduct;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of a regression, from rated inputs to a session with what was tuned. */
public final class RegressionTraining<I> {

    private static final Logger LOG = LoggerFactory.getLogger(RegressionTraining.class);

    private final RegressionTask<I> task;
    private final TrainingRequest request;
    private final TuningRequest.Rescue<ValueProduct> rescue;

    /** A training of this task as its caller asks for it. */
    public RegressionTraining(RegressionTask<I> task, TrainingRequest request) {
        this(
                task,
                request,
                (product, record, folder) ->
                        RegressionArchive.save(new RegressionSession<>(task, product, record), folder));
    }

    private RegressionTraining(
            RegressionTask<I> task, TrainingRequest request, TuningRequest.Rescue<ValueProduct> rescue) {
        this.task = task;
        this.request = request;
        this.rescue = rescue;
    }

    /** The same where nothing is saved of a training that diverges. */
    public RegressionTraining<I> withoutRescue() {
        return new RegressionTraining<>(task, request, TuningRequest.Rescue.none());
    }

    /** Trains once; the caller closes the session. */
    public RegressionSession<I> run(List<Rated<I>> train, List<Rated<I>> dev) {
        RegressionStrategy strategy = RegressionSession.strategyOf(task);
        RatedChecks.complete(train, task.scale(), "training example");
        RatedChecks.some(train);
        RatedChecks.complete(dev, task.scale(), "development example");
        RatedChecks.notAllAlike(dev, "development examples", ", or none to keep the last weights");
        MethodTraits row = MethodTable.of(task.tuning().method(), TaskKind.REGRESSION);
        requireUncalibrated(row);
        TuningRequest<ValueProduct> tuning = new TuningRequest<>(request.of(row), rescue);
        RatedValues given = RatedValues.of(task, train, "training example");
        RatedValues development = RatedValues.of(task, dev, "development example");
        DevelopmentOverlap.remark(given.inputs(), development.inputs())
                .ifPresent(remark -> LOG.warn("{}: {}", task.name(), remark));
        TuningResult<ValueProduct> result = strategy.tune(ScaleTask.of(task), given, development, tuning);
        return new RegressionSession<>(task, result.product(), result.training());
    }

    /** Training fits the share of the upper end itself to the numbers. */
    private void requireUncalibrated(MethodTraits row) {
        if (row.readsWords() && task.calibration() != Calibration.NONE) {
            throw new ClozeException(
                    Problem.TUNING_OPTION_NOT_APPLICABLE,
                    "The scale of " + task.name() + " has calibration = " + task.calibration()
                            + ", which corrects a model that nobody has trained; what training fits to the numbers would be"
                            + " moved by it.\n  Leave calibration out of @Scale, or ask the model without training:"
                            + " zeroShot().");
        }
    }
}
