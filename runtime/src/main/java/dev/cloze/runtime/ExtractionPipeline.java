package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.extraction.ExtractionArchive;
import dev.cloze.runtime.extraction.ExtractionSession;
import dev.cloze.runtime.extraction.SessionPipeline;
import dev.cloze.runtime.spi.ExtractionTask;
import java.nio.file.Path;
import java.util.List;

/**
 * Finds spans in a text of instances of a task class, and says which label each has.
 *
 * <p>Any number of threads can use it at once. It holds native memory, so close it; who still extracts then is waited for, and who
 * comes later gets a {@code PipelineClosed}. Pipelines of the same model share its weights.
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public interface ExtractionPipeline<I, L> extends AutoCloseable {

    /** A pipeline of the pretrained model as it is; generated code calls this. */
    static <I, L> ExtractionPipeline<I, L> zeroShot(ExtractionTask<I, L> task) {
        return new SessionPipeline<>(ExtractionSession.zeroShot(task));
    }

    /**
     * A pipeline saved before, by whatever method made it; generated code calls this.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE, or ARCHIVE_MISMATCH where the task, its labels, the backbone or its tokenizer is
     *     another than the one saved, with the difference
     */
    static <I, L> ExtractionPipeline<I, L> load(ExtractionTask<I, L> task, Path folder) {
        return new SessionPipeline<>(ExtractionArchive.load(task, folder));
    }

    /**
     * The spans of one input, in the order of its text, none that overlap. All of the text is read, however long it is: in
     * windows where the model has no room for it at once.
     *
     * @throws ClozeException INPUT_NULL where it or a component is null, INPUT_TOO_LONG where what may not be cut has no room,
     *     PIPELINE_CLOSED
     */
    List<FoundSpan<L>> extract(I input);

    /** The spans of many inputs, in batches of like length; they are in the inputs' order. */
    List<List<FoundSpan<L>>> extract(List<I> inputs);

    /**
     * Measures how many of the right spans it finds, with their places and their labels; the examples' order doesn't matter.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES; SPAN_OUTSIDE, SPAN_OVERLAP or SPAN_WITHIN_WORD for a span of theirs; and as
     *     {@link #extract(Object)}
     */
    SpanEvaluation<L> evaluate(List<Extracted<I, L>> examples);

    /**
     * Writes what was tuned, and all that is needed to check it when it is loaded, to a folder that doesn't exist, is empty, or
     * holds a pipeline, which is replaced; in one step.
     *
     * @throws ClozeException DISK_WRITE where it cannot be written; what was there before is still there then
     */
    void save(Path folder);

    /** Frees its native memory, once those who are extracting have finished; a second call does nothing. */
    @Override
    void close();
}
