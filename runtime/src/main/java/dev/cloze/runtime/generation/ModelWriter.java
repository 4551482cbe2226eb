package dev.cloze.runtime.generation;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.engine.Gate;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Goes on with texts as a pretrained model does. Any number of threads can use it at once. */
public final class ModelWriter implements AutoCloseable {

    private final LanguageModel model;
    private final TextBackbone backbone;
    private final MarkedText marked;
    private final Gate gate = new Gate();

    private ModelWriter(LanguageModel model) {
        this.model = model;
        this.backbone = model.textBackbone();
        this.marked = new MarkedText(model.tokenizer());
    }

    /**
     * Opens a model by name or folder, see {@link LanguageModel#open(String)}.
     *
     * @throws ClozeException MODEL_UNSUPPORTED for one that doesn't write text
     */
    public static ModelWriter open(String name) {
        return LanguageModel.lend(name, model -> {
            return new ModelWriter(model);
        });
    }

    /** The model that writes. */
    public LanguageModel model() {
        return model;
    }

    /**
     * What the model writes after a text, or in answer to it if it has an encoder; the best of several.
     *
     * @throws ClozeException INPUT_TOO_LONG where the text takes all the model's positions, GENERATION_EMPTY_PROMPT,
     *     GENERATION_NOTHING_ALLOWED, GENERATION_NOT_FINITE, PIPELINE_CLOSED
     */
    public Generated write(String text, GenerationOptions options, GenerationListener listener) {
        return write(() -> model.tokenizer().encode(text, true), options, listener);
    }

    /**
     * The same for a text in which the names of special tokens are these tokens, as in the turns of a chat:
     * {@code <|im_start|>user}. Elsewhere such names are plain text, since whoever writes it could otherwise speak for others.
     *
     * @throws ClozeException as {@link #write}
     */
    public Generated writeMarked(String text, GenerationOptions options, GenerationListener listener) {
        return write(() -> marked.encode(text), options, listener);
    }

    /** The names of special tokens that stand in a text, which only {@link #writeMarked} reads as these tokens. */
    public Set<String> specialTokensIn(String text) {
        return marked.namesIn(text);
    }

    private Generated write(Supplier<int[]> text, GenerationOptions options, GenerationListener listener) {
        return gate.inside(
                () -> TextGenerator.generate(
                                backbone,
                                model.tokenizer(),
                                model.textEnds(),
                                List.of(framed(text.get())),
                                Injection.NONE,
                                options,
                                listener)
                        .get(0)
                        .get(0),
                () -> new ClozeException(
                        Problem.PIPELINE_CLOSED,
                        "This writer with " + model.folder().name()
                                + " has been closed.\n  Use it inside its try block, or open another one."));
    }

    /** With the special tokens around it that are not there yet; a decoder has none behind it: it goes on there. */
    private int[] framed(int[] text) {
        SpecialTokens special = model.special();
        int[] start = special.start();
        boolean begun = text.length >= start.length && Arrays.equals(text, 0, start.length, start, 0, start.length);
        return Stream.of(begun ? new int[0] : start, text, special.end())
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    /** Gives the model back, once those who are writing have finished; a second call does nothing. */
    @Override
    public void close() {
        gate.close(model::close);
    }
}
