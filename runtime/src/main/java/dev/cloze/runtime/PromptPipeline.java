package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.classification.ClassificationPipeline;
import dev.cloze.runtime.classification.ClassifierArchive;
import dev.cloze.runtime.classification.Session;
import dev.cloze.runtime.spi.ClassificationTask;
import java.nio.file.Path;
import java.util.List;

/**
 * Classifies instances of a task class.
 *
 * <p>Any number of threads can use it at once. It holds native memory, so close it; who still predicts then is waited
 * for, and who comes later gets a {@code PipelineClosed}. Pipelines of the same model share its weights.
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public interface PromptPipeline<I, L> extends AutoCloseable {

    /** A pipeline of the pretrained model as it is; generated code calls this. */
    static <I, L> PromptPipeline<I, L> zeroShot(ClassificationTask<I, L> task) {
        return new ClassificationPipeline<>(Session.zeroShot(task));
    }

    /**
     * A pipeline saved before, by whatever method made it; generated code calls this.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE, or ARCHIVE_MISMATCH where the task, the backbone or its tokenizer is
     *     another than the one saved, with the difference; ADAPTER_UNREADABLE, ADAPTER_UNSUPPORTED, ADAPTER_MISMATCH where
     *     it is a prompt of another tool's
     */
    static <I, L> PromptPipeline<I, L> load(ClassificationTask<I, L> task, Path folder) {
        return new ClassificationPipeline<>(ClassifierArchive.load(task, folder));
    }

    /** The labels, in the order declared. */
    List<L> labels();

    /**
     * Classifies one input.
     *
     * @throws ClozeException INPUT_NULL where it or a component is null, INPUT_TOO_LONG where what may not be cut has no
     *     room, PIPELINE_CLOSED
     */
    Prediction<L> predict(I input);

    /** Classifies many inputs, in batches of like length; the results are in the inputs' order. */
    List<Prediction<L>> predict(List<I> inputs);

    /**
     * Measures how well it classifies; the examples' order doesn't matter.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES, VERBALIZER_UNKNOWN_LABEL, and as {@link #predict(Object)}
     */
    Evaluation<L> evaluate(List<Labeled<I, L>> examples);

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
