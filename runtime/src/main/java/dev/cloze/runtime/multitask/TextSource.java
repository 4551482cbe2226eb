package dev.cloze.runtime.multitask;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.data.DevelopmentOverlap;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.text.InputPairs;
import dev.cloze.runtime.text.TextSession;
import dev.cloze.runtime.text.TextTraining;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.SourceTask;
import dev.cloze.runtime.tuning.ValuePair;
import dev.cloze.runtime.tuning.WritingTask;
import dev.cloze.runtime.tuning.soft.StartVectors;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that has text written. */
public record TextSource<I>(String name, TextTask<I> declared, List<TextPair<I>> train, List<TextPair<I>> dev)
        implements Source {

    private static final Logger LOG = LoggerFactory.getLogger(TextSource.class);

    public TextSource {
        train = List.copyOf(train);
        dev = List.copyOf(dev);
    }

    @Override
    public TaskTuning tuning() {
        return declared.tuning();
    }

    @Override
    public TextSource<I> withTuning(TaskTuning other) {
        return new TextSource<>(name, declared.withTuning(other), train, dev);
    }

    @Override
    public boolean hasDev() {
        return !dev.isEmpty();
    }

    @Override
    public void check() {
        if (train.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "The task \"" + name + "\" has no training pairs.\n"
                            + "  Give at least one input with the text that is to be written for it.");
        }
        InputPairs.of(declared, train, "training pair");
        InputPairs.of(declared, dev, "development pair");
    }

    @Override
    public List<float[]> alone(TrainingRequest request) {
        TextTask<I> alone = declared.withTuning(tuning().withMethod(TuningMethod.PROMPT_TUNING));
        try (TextSession<I> session =
                new TextTraining<>(alone, request).withoutRescue().run(train, dev)) {
            return StartVectors.rows(
                    Objects.requireNonNull(session.product().tensors().get(Adapter.VECTORS)));
        }
    }

    @Override
    public SourceTask task(List<float[]> teacher) {
        List<ValuePair> given = InputPairs.of(declared, train, "training pair");
        List<ValuePair> development = InputPairs.of(declared, dev, "development pair");
        DevelopmentOverlap.remark(inputs(given), inputs(development))
                .ifPresent(remark -> LOG.warn("{}: {}", name, remark));
        return new SourceTask.OfTexts(name, WritingTask.of(declared), given, development, teacher);
    }

    private static List<Map<String, String>> inputs(List<ValuePair> pairs) {
        return pairs.stream().map(ValuePair::input).toList();
    }
}
