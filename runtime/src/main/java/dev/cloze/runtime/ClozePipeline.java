package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.cloze.ClozeArchive;
import dev.cloze.runtime.cloze.ClozeSession;
import dev.cloze.runtime.cloze.SessionPipeline;
import dev.cloze.runtime.spi.ClozeTask;
import java.nio.file.Path;
import java.util.List;

/**
 * Ranks words by how well they fill the gap in a template.
 *
 * <p>Any number of threads can use it at once. It holds native memory, so close it; who still predicts then is waited
 * for, and who comes later gets a {@code PipelineClosed}. Pipelines of the same model share its weights.
 *
 * @param <I> the task class
 */
public interface ClozePipeline<I> extends AutoCloseable {

    /** The most words that an answer holds where all words of the model are ranked. */
    int OPEN_WORDS = 100;

    /** A pipeline of the pretrained model as it is; generated code calls this. */
    static <I> ClozePipeline<I> zeroShot(ClozeTask<I> task) {
        return new SessionPipeline<>(ClozeSession.zeroShot(task));
    }

    /**
     * A pipeline saved before, by whatever method made it; generated code calls this.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE, or ARCHIVE_MISMATCH where the task, its candidates, the backbone or its
     *     tokenizer is another than the one saved, with the difference; ADAPTER_UNREADABLE, ADAPTER_UNSUPPORTED,
     *     ADAPTER_MISMATCH where it is a prompt of another tool's
     */
    static <I> ClozePipeline<I> load(ClozeTask<I> task, Path folder) {
        return new SessionPipeline<>(ClozeArchive.load(task, folder));
    }

    /**
     * The words it ranks, of several templates those that fit in each, in the order of the candidates or of the vocabulary: without candidates all words of letters and digits
     * that are one token of the model, which leaves out special tokens, unused ones and pieces that go on with a word.
     */
    List<String> words();

    /**
     * The words for one input, by their probability.
     *
     * @throws ClozeException INPUT_NULL where it or a component is null, INPUT_TOO_LONG where what may not be cut has no
     *     room, PIPELINE_CLOSED
     */
    ClozeAnswer predict(I input);

    /** The words for many inputs, in batches of like length; the answers are in the inputs' order. */
    List<ClozeAnswer> predict(List<I> inputs);

    /**
     * Other words for one input, whatever the task's own are.
     *
     * @param candidates at least one, of any number of tokens
     * @throws ClozeException VERBALIZER_EMPTY_WORDS, CANDIDATE_WHITE_SPACE, VERBALIZER_UNKNOWN_WORD,
     *     VERBALIZER_MULTI_TOKEN_WORD or VERBALIZER_DUPLICATE_WORD for a candidate; and as {@link #predict(Object)}
     */
    ClozeAnswer predict(I input, List<String> candidates);

    /** The same of many inputs. */
    List<ClozeAnswer> predict(List<I> inputs, List<String> candidates);

    /**
     * Measures how high it ranks the right words among all that it ranks; the examples' order doesn't matter.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES, and as {@link #predict(Object)}
     */
    ClozeEvaluation evaluate(List<Answered<I>> examples);

    /** The same among these words. */
    ClozeEvaluation evaluate(List<Answered<I>> examples, List<String> candidates);

    /**
     * Writes what was tuned, and all that is needed to check it when it is loaded, to a folder that doesn't exist, is
     * empty, or holds a pipeline, which is replaced; in one step.
     *
     * @throws ClozeException DISK_WRITE where it cannot be written; what was there before is still there then
     */
    void save(Path folder);

    /**
     * Writes a prompt or a prefix as Hugging Face's PEFT keeps it, {@code adapter_config.json} and {@code
     * adapter_model.safetensors}: what {@code PeftModel.from_pretrained} reads.
     *
     * @param folder a new one, an empty one, or an adapter's
     * @throws ClozeException ADAPTER_UNSUPPORTED where PEFT can't say what was tuned, with the reason; DISK_WRITE
     */
    void saveAdapter(Path folder);

    /** Frees its native memory, once those who are predicting have finished; a second call does nothing. */
    @Override
    void close();
}
