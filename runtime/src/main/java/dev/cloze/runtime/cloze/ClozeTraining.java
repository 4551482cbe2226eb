package dev.cloze.runtime.cloze;

import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.data.AnsweredChecks;
import dev.cloze.runtime.data.DevelopmentOverlap;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.ClozeStrategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of a cloze, from answered inputs to a session with what was tuned. */
public final class ClozeTraining<I> {

    private static final Logger LOG = LoggerFactory.getLogger(ClozeTraining.class);

    private final ClozeTask<I> task;
    private final TrainingRequest request;

    /** A training of this task as its caller asks for it. */
    public ClozeTraining(ClozeTask<I> task, TrainingRequest request) {
        this.task = task;
        this.request = request;
    }

    /** Trains once; the caller closes the session. */
    public ClozeSession<I> run(List<Answered<I>> train, List<Answered<I>> dev) {
        ClozeStrategy strategy = ClozeSession.strategyOf(task);
        AnsweredChecks.complete(train, "training example");
        AnsweredChecks.complete(dev, "development example");
        if (train.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no training examples.\n"
                            + "  Give at least one input with its right word; some hundreds are usual.");
        }
        TuningRequest<WordProduct> tuning = new TuningRequest<>(
                request.of(MethodTable.of(task.tuning().method(), TaskKind.CLOZE)),
                (product, record, folder) -> ClozeArchive.save(new ClozeSession<>(task, product, record), folder));
        AnsweredValues given = values(train, "training example");
        AnsweredValues development = values(dev, "development example");
        DevelopmentOverlap.remark(given.inputs(), development.inputs())
                .ifPresent(remark -> LOG.warn("{}: {}", task.name(), remark));
        TuningResult<WordProduct> result = strategy.tune(WordTask.of(task), given, development, tuning);
        return new ClozeSession<>(task, result.product(), result.training());
    }

    private AnsweredValues values(List<Answered<I>> examples, String kind) {
        return new AnsweredValues(
                new InputValues<>(examples.stream().map(Answered::input).toList(), task.placeholders(), kind),
                examples.stream().map(Answered::answer).toList());
    }
}
