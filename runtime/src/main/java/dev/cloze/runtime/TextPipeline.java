package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.text.TextArchive;
import dev.cloze.runtime.text.TextSession;
import dev.cloze.runtime.text.WritingPipeline;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Writes a text for instances of a task class.
 *
 * <p>Any number of threads can use it at once. It holds native memory, so close it; what is being written then is waited
 * for, and who comes later gets a {@code PipelineClosed}. Pipelines of the same model share its weights.
 *
 * @param <I> the task class
 */
public interface TextPipeline<I> extends AutoCloseable {

    /**
     * A pipeline of the pretrained model as it is; generated code calls this.
     *
     * @throws ClozeException TUNING_BACKBONE_UNSUPPORTED where the model is an encoder, which writes no text
     */
    static <I> TextPipeline<I> pretrained(TextTask<I> task) {
        return new WritingPipeline<>(TextSession.pretrained(task));
    }

    /**
     * A pipeline saved before, or a prompt of another tool's: a folder of Hugging Face's PEFT, or a prompt of
     * google-research/prompt-tuning, {@code .npy}. Generated code calls this.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE, or ARCHIVE_MISMATCH where the task, the backbone or its tokenizer is
     *     another than the one saved, with the difference; ADAPTER_UNREADABLE, ADAPTER_UNSUPPORTED, ADAPTER_MISMATCH where
     *     it is a prompt of another tool's
     */
    static <I> TextPipeline<I> load(TextTask<I> task, Path folder) {
        return new WritingPipeline<>(TextArchive.load(task, folder));
    }

    /** How it writes. */
    GenerationOptions options();

    /** This pipeline with other options: the two share everything else, so that closing one closes both. */
    TextPipeline<I> withOptions(UnaryOperator<GenerationOptions> change);

    /**
     * Writes a text for one input.
     *
     * @throws ClozeException INPUT_NULL where it or a component is null, INPUT_TOO_LONG where what may not be cut has no
     *     room, PIPELINE_CLOSED
     */
    String generate(I input);

    /** As {@link #generate(Object)}; the listener hears the text as it is written, and may stop it. */
    String generate(I input, GenerationListener listener);

    /** Writes a text for each of many inputs, in batches of like length; the texts are in the inputs' order. */
    List<String> generate(List<I> inputs);

    /** The texts of one input with their tokens and probabilities, as many as the options' {@code sequences}. */
    List<Generated> generateAll(I input);

    /** As {@link #generateAll(Object)}, with options for this call alone. */
    List<Generated> generateAll(I input, GenerationOptions otherOptions);

    /** As {@link #generateAll(Object, GenerationOptions)}; the listener hears the first text as it is written. */
    List<Generated> generateAll(I input, GenerationOptions otherOptions, GenerationListener listener);

    /**
     * How many tokens the model wavers between at each place of the pairs' targets, in the mean; 1 at best.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES where there are no pairs
     */
    double perplexity(List<TextPair<I>> pairs);

    /**
     * Writes a text for every input and measures how near the texts are to the targets. Pairs of equal inputs are
     * several right texts for one.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES where there are no pairs
     */
    TextEvaluation evaluate(List<TextPair<I>> pairs);

    /**
     * Writes what was tuned, and all that is needed to check it when it is loaded, to a folder that doesn't exist, is
     * empty, or holds a pipeline, which is replaced; in one step. How it writes is not saved.
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

    /** Frees its native memory, once what is being written is finished; a second call does nothing. */
    @Override
    void close();
}
