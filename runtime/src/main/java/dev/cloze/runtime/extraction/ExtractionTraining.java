package dev.cloze.runtime.extraction;

import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.Span;
import dev.cloze.runtime.data.DevelopmentOverlap;
import dev.cloze.runtime.data.SpanChecks;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.template.InputValues;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.ExtractionStrategy;
import dev.cloze.runtime.tuning.LabeledSpan;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanTask;
import dev.cloze.runtime.tuning.SpanValues;
import dev.cloze.runtime.tuning.TuningRequest;
import dev.cloze.runtime.tuning.TuningResult;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trainings of a task that labels spans, from inputs with their spans to a session with what was tuned. */
public final class ExtractionTraining<I, L> {

    private static final Logger LOG = LoggerFactory.getLogger(ExtractionTraining.class);

    private final ExtractionTask<I, L> task;
    private final List<L> labels;
    private final TrainingRequest request;

    /** A training of this task as its caller asks for it. */
    public ExtractionTraining(ExtractionTask<I, L> task, TrainingRequest request) {
        this.task = task;
        this.labels = List.copyOf(task.labels().labels().keySet());
        this.request = request;
    }

    /** Trains once; the caller closes the session. */
    public ExtractionSession<I, L> run(List<Extracted<I, L>> train, List<Extracted<I, L>> dev) {
        ExtractionStrategy strategy = ExtractionSession.strategyOf(task);
        SpanTexts<I, L> texts = new SpanTexts<>(task);
        SpanChecks.complete(train, labels, texts::of, "training example");
        if (train.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no training examples.\n  Give at least one input with its spans; a few dozen of each label"
                            + " are a beginning.");
        }
        SpanChecks.complete(dev, labels, texts::of, "development example");
        TuningRequest<SpanProduct> tuning = new TuningRequest<>(
                request.of(MethodTable.of(strategy.method(), TaskKind.EXTRACTION)),
                (product, record, folder) ->
                        ExtractionArchive.save(new ExtractionSession<>(task, product, record), folder));
        SpanValues given = values(train, "training example");
        SpanValues development = values(dev, "development example");
        DevelopmentOverlap.remark(given.inputs(), development.inputs())
                .ifPresent(remark -> LOG.warn("{}: {}", task.name(), remark));
        TuningResult<SpanProduct> result = strategy.tune(SpanTask.of(task), given, development, tuning);
        return new ExtractionSession<>(task, result.product(), result.training());
    }

    private SpanValues values(List<Extracted<I, L>> examples, String kind) {
        return new SpanValues(
                new InputValues<>(examples.stream().map(Extracted::input).toList(), task.placeholders(), kind),
                examples.stream().map(this::spans).toList());
    }

    private List<LabeledSpan> spans(Extracted<I, L> example) {
        return example.spans().stream()
                .sorted(Comparator.comparingInt(Span::start))
                .map(span -> new LabeledSpan(span.start(), span.end(), labels.indexOf(span.label())))
                .toList();
    }
}
