package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.regression.RegressionArchive;
import dev.cloze.runtime.regression.RegressionSession;
import dev.cloze.runtime.regression.SessionPipeline;
import dev.cloze.runtime.spi.RegressionTask;
import java.nio.file.Path;
import java.util.List;

/**
 * Gives instances of a task class a number.
 *
 * <p>Any number of threads can use it at once. It holds native memory, so close it; who still predicts then is waited
 * for, and who comes later gets a {@code PipelineClosed}. Pipelines of the same model share its weights.
 *
 * @param <I> the task class
 */
public interface RegressionPipeline<I> extends AutoCloseable {

    /** A pipeline of the pretrained model as it is; generated code calls this. */
    static <I> RegressionPipeline<I> zeroShot(RegressionTask<I> task) {
        return new SessionPipeline<>(RegressionSession.zeroShot(task));
    }

    /**
     * A pipeline saved before, by whatever method made it; generated code calls this.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE, or ARCHIVE_MISMATCH where the task, its scale, the backbone or its
     *     tokenizer is another than the one saved, with the difference
     */
    static <I> RegressionPipeline<I> load(RegressionTask<I> task, Path folder) {
        return new SessionPipeline<>(RegressionArchive.load(task, folder));
    }

    /**
     * The number of one input, between the ends of the scale where the method reads the scale's words.
     *
     * @throws ClozeException INPUT_NULL where it or a component is null, INPUT_TOO_LONG where what may not be cut has no
     *     room, PIPELINE_CLOSED
     */
    double predict(I input);

    /** The numbers of many inputs, in batches of like length; they are in the inputs' order. */
    List<Double> predict(List<I> inputs);

    /**
     * Measures how near its numbers are to the right ones; the examples' order doesn't matter.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES, SCALE_VALUE_OUTSIDE, and as {@link #predict(Object)}
     */
    RegressionEvaluation evaluate(List<Rated<I>> examples);

    /**
     * Writes what was tuned, and all that is needed to check it when it is loaded, to a folder that doesn't exist, is
     * empty, or holds a pipeline, which is replaced; in one step.
     *
     * @throws ClozeException DISK_WRITE where it cannot be written; what was there before is still there then
     */
    void save(Path folder);

    /** Frees its native memory, once those who are predicting have finished; a second call does nothing. */
    @Override
    void close();
}
