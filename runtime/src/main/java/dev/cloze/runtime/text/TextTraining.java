package dev.cloze.runtime.text;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.data.DevelopmentOverlap;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.TextStrategy;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of a generation task, from pairs to a session with what was tuned. */
public final class TextTraining<I> {

    private static final Logger LOG = LoggerFactory.getLogger(TextTraining.class);

    private final TextTask<I> task;
    private final TrainingRequest request;
    private final TuningRequest.Rescue<TextProduct> rescue;

    /** A training of this task as its caller asks for it. */
    public TextTraining(TextTask<I> task, TrainingRequest request) {
        this(
                task,
                request,
                (product, record, folder) -> TextArchive.save(new TextSession<>(task, product, record), folder));
    }

    private TextTraining(TextTask<I> task, TrainingRequest request, TuningRequest.Rescue<TextProduct> rescue) {
        this.task = task;
        this.request = request;
        this.rescue = rescue;
    }

    /** The same where nothing is saved of a training that diverges. */
    public TextTraining<I> withoutRescue() {
        return new TextTraining<>(task, request, TuningRequest.Rescue.none());
    }

    /** Trains once; the caller closes the session. */
    public TextSession<I> run(List<TextPair<I>> train, List<TextPair<I>> dev) {
        TuningMethod method = task.tuning().method();
        TextStrategy strategy = Strategies.text(method);
        if (train.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no training pairs.\n  Give at least one input with the text that is to be written for it;"
                            + " a few hundred are usual.");
        }
        TuningRequest<TextProduct> tuning =
                new TuningRequest<>(request.of(MethodTable.of(method, TaskKind.TEXT)), rescue);
        List<ValuePair> given = InputPairs.of(task, train, "training pair");
        List<ValuePair> development = InputPairs.of(task, dev, "development pair");
        DevelopmentOverlap.remark(inputs(given), inputs(development))
                .ifPresent(remark -> LOG.warn("{}: {}", task.name(), remark));
        TuningResult<TextProduct> result = strategy.tune(WritingTask.of(task), given, development, tuning);
        return new TextSession<>(task, result.product(), result.training());
    }

    private static List<Map<String, String>> inputs(List<ValuePair> pairs) {
        return pairs.stream().map(ValuePair::input).toList();
    }
}
