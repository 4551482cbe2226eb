package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.engine.Gate;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.text.TextArchive;
import dev.cloze.runtime.text.TextScores;
import dev.cloze.runtime.text.TextSession;
import dev.cloze.runtime.text.TextWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Writes a text for instances of a task class.
 *
 * <p>Any number of threads can use it at once. It holds native memory, so close it; what is being written then is waited
 * for, and who comes later gets a {@code PipelineClosed}. Pipelines of the same model share its weights.
 *
 * @param <I> the task class
 */
public final class TextPipeline<I> implements AutoCloseable {

    private final TextSession<I> session;
    private final Gate gate;
    private final GenerationOptions options;

    TextPipeline(TextSession<I> session) {
        this(session, new Gate(), GenerationOptions.defaults());
    }

    private TextPipeline(TextSession<I> session, Gate gate, GenerationOptions options) {
        this.session = session;
        this.gate = gate;
        this.options = options;
    }

    /**
     * A pipeline of the pretrained model as it is; generated code calls this.
     *
     * @throws ClozeException MODEL_UNSUPPORTED where the model is an encoder, which cannot write
     */
    public static <I> TextPipeline<I> pretrained(TextTask<I> task) {
        return new TextPipeline<>(TextSession.pretrained(task));
    }

    /**
     * A pipeline saved before; generated code calls this.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE, or ARCHIVE_MISMATCH where the task, the backbone or its tokenizer is
     *     another than the one saved, with the difference
     */
    public static <I> TextPipeline<I> load(TextTask<I> task, Path folder) {
        return new TextPipeline<>(TextArchive.load(task, folder));
    }

    /** How it writes. */
    public GenerationOptions options() {
        return options;
    }

    /** This pipeline with other options: the two share everything else, so that closing one closes both. */
    public TextPipeline<I> withOptions(UnaryOperator<GenerationOptions> change) {
        return new TextPipeline<>(session, gate, change.apply(options));
    }

    /**
     * Writes a text for one input.
     *
     * @throws ClozeException INPUT_NULL where it or a component is null, INPUT_TOO_LONG where what may not be cut has no
     *     room, PIPELINE_CLOSED
     */
    public String generate(I input) {
        return generate(input, GenerationListener.NONE);
    }

    /** As {@link #generate(Object)}; the listener hears the text as it is written, and may stop it. */
    public String generate(I input, GenerationListener listener) {
        return generateAll(input, options, listener).get(0).text();
    }

    /** Writes a text for each of many inputs, in batches of like length; the texts are in the inputs' order. */
    public List<String> generate(List<I> inputs) {
        return inside(() -> new TextWriter<>(session).write(inputs, options)).stream()
                .map(texts -> texts.get(0))
                .map(Generated::text)
                .toList();
    }

    /** The texts of one input with their tokens and probabilities, as many as the options' {@code sequences}. */
    public List<Generated> generateAll(I input) {
        return generateAll(input, options);
    }

    /** As {@link #generateAll(Object)}, with options for this call alone. */
    public List<Generated> generateAll(I input, GenerationOptions otherOptions) {
        return generateAll(input, otherOptions, GenerationListener.NONE);
    }

    /** As {@link #generateAll(Object, GenerationOptions)}; the listener hears the first text as it is written. */
    public List<Generated> generateAll(I input, GenerationOptions otherOptions, GenerationListener listener) {
        return inside(() -> new TextWriter<>(session).write(input, otherOptions, listener));
    }

    /**
     * How many tokens the model wavers between at each place of the pairs' targets, in the mean; 1 at best.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES where there are no pairs
     */
    public double perplexity(List<TextPair<I>> pairs) {
        return inside(() -> new TextScores<>(session).perplexity(pairs));
    }

    /**
     * Writes a text for every input and measures how near the texts are to the targets. Pairs of equal inputs are
     * several right texts for one.
     *
     * @throws ClozeException EVALUATION_NO_EXAMPLES where there are no pairs
     */
    public TextEvaluation evaluate(List<TextPair<I>> pairs) {
        return inside(() -> new TextScores<>(session).evaluate(pairs, options));
    }

    /**
     * Writes what was tuned, and all that is needed to check it when it is loaded, to a folder that doesn't exist, is
     * empty, or holds a pipeline, which is replaced; in one step. How it writes is not saved.
     *
     * @throws ClozeException DISK_WRITE where it cannot be written; what was there before is still there then
     */
    public void save(Path folder) {
        inside(() -> {
            TextArchive.save(session, folder);
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

    /** Frees its native memory, once what is being written is finished; a second call does nothing. */
    @Override
    public void close() {
        gate.close(session::close);
    }
}
