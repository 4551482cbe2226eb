package dev.cloze.runtime.regression;

import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.data.DevelopmentOverlap;
import dev.cloze.runtime.data.RatedChecks;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.template.InputValues;
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

    /** A training of this task as its caller asks for it. */
    public RegressionTraining(RegressionTask<I> task, TrainingRequest request) {
        this.task = task;
        this.request = request;
    }

    /** Trains once; the caller closes the session. */
    public RegressionSession<I> run(List<Rated<I>> train, List<Rated<I>> dev) {
        RegressionStrategy strategy = RegressionSession.strategyOf(task);
        RatedChecks.complete(train, task.scale(), "training example");
        if (train.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no training examples.\n  Give at least one input with its right value; thirty-two from"
                            + " all over the scale are usual.");
        }
        RatedChecks.complete(dev, task.scale(), "development example");
        RatedChecks.notAllAlike(dev);
        TuningRequest<ValueProduct> tuning = new TuningRequest<>(
                request.of(MethodTable.of(task.tuning().method(), TaskKind.REGRESSION)),
                (product, record, folder) ->
                        RegressionArchive.save(new RegressionSession<>(task, product, record), folder));
        RatedValues given = values(train, "training example");
        RatedValues development = values(dev, "development example");
        DevelopmentOverlap.remark(given.inputs(), development.inputs())
                .ifPresent(remark -> LOG.warn("{}: {}", task.name(), remark));
        TuningResult<ValueProduct> result = strategy.tune(ScaleTask.of(task), given, development, tuning);
        return new RegressionSession<>(task, result.product(), result.training());
    }

    private RatedValues values(List<Rated<I>> examples, String kind) {
        return new RatedValues(
                new InputValues<>(examples.stream().map(Rated::input).toList(), task.placeholders(), kind),
                examples.stream().mapToDouble(Rated::value).toArray());
    }
}
