package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.classification.ClassifierArchive;
import dev.cloze.runtime.classification.Session;
import dev.cloze.runtime.data.ExampleChecks;
import dev.cloze.runtime.engine.Gate;
import dev.cloze.runtime.metric.Predicted;
import dev.cloze.runtime.spi.ClassificationTask;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Classifies instances of a task class.
 *
 * <p>Any number of threads can use it at once. It holds native memory, so close it; who still predicts then is waited
 * for, and who comes later gets a {@code PipelineClosed}. Pipelines of the same model share its weights.
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public final class PromptPipeline<I, L> implements AutoCloseable {

    private final Session<I, L> session;
    private final Gate gate = new Gate();

    PromptPipeline(Session<I, L> session) {
        this.session = session;
    }

    /** A pipeline of the pretrained model as it is; generated code calls this. */
    public static <I, L> PromptPipeline<I, L> zeroShot(ClassificationTask<I, L> task) {
        return new PromptPipeline<>(Session.zeroShot(task));
    }

    /**
     * A pipeline saved before; generated code calls this.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE, or ARCHIVE_MISMATCH where the task, the backbone or its tokenizer is
     *     another than the one saved, with the difference
     */
    public static <I, L> PromptPipeline<I, L> load(ClassificationTask<I, L> task, Path folder) {
        return new PromptPipeline<>(ClassifierArchive.load(task, folder));
    }

    /** The labels, in the order declared. */
    public List<L> labels() {
        return List.copyOf(session.compiled().task().labels().keySet());
    }

    /**
     * Classifies one input.
     *
     * @throws ClozeException INPUT_NULL where it or a component is null, INPUT_TOO_LONG where what may not be cut has no
     *     room, PIPELINE_CLOSED
     */
    public Prediction<L> predict(I input) {
        return predictAll(java.util.Collections.singletonList(input)).get(0);
    }

    /** Classifies many inputs, in batches of like length; the results are in the inputs' order. */
    public List<Prediction<L>> predict(List<I> inputs) {
        return predictAll(inputs);
    }

    private List<Prediction<L>> predictAll(List<? extends @Nullable I> inputs) {
        return inside(() -> session.classifier().predict(inputs));
    }

    /**
     * Measures how well it classifies; the examples' order doesn't matter.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES, VERBALIZER_UNKNOWN_LABEL, and as {@link #predict(Object)}
     */
    public Evaluation<L> evaluate(List<Labeled<I, L>> examples) {
        ExampleChecks.complete(examples, labels(), "example");
        List<Prediction<L>> predictions =
                predictAll(examples.stream().map(Labeled::input).toList());
        List<Predicted<L>> predicted = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            predicted.add(predicted(examples.get(i).label(), predictions.get(i)));
        }
        return Evaluation.of(labels(), predicted);
    }

    private Predicted<L> predicted(L gold, Prediction<L> prediction) {
        float[] probabilities = new float[labels().size()];
        int i = 0;
        for (double probability : prediction.probabilities().values()) {
            probabilities[i++] = (float) probability;
        }
        return new Predicted<>(gold, probabilities, prediction.cut());
    }

    /**
     * Writes what was tuned, and all that is needed to check it when it is loaded, to a folder that doesn't exist, is
     * empty, or holds a pipeline, which is replaced; in one step.
     *
     * @throws ClozeException DISK_WRITE where it cannot be written; what was there before is still there then
     */
    public void save(Path folder) {
        save(folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk: tests put a small one there. */
    void save(Path folder, UnaryOperator<OutputStream> disk) {
        inside(() -> {
            ClassifierArchive.save(session, folder, disk);
            return folder;
        });
    }

    private <T> T inside(Supplier<T> work) {
        return gate.inside(
                work,
                () -> new ClozeException(
                        Problem.PIPELINE_CLOSED,
                        "This pipeline of " + session.compiled().task().name() + " has been closed."
                                + "\n  Use it inside its try block, or open another one."));
    }

    /** Frees its native memory, once those who are predicting have finished; a second call does nothing. */
    @Override
    public void close() {
        gate.close(session::close);
    }
}
