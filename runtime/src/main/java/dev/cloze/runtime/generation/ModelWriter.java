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
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Goes on with texts as a pretrained model does. Any number of threads can use it at once. */
public final class ModelWriter implements AutoCloseable {

    private final LanguageModel model;
    private final TextBackbone backbone;
    private final Gate gate = new Gate();

    private ModelWriter(LanguageModel model) {
        this.model = model;
        this.backbone = model.textBackbone();
    }

    /**
     * Opens a model by name or folder, see {@link LanguageModel#open(String)}.
     *
     * @throws ClozeException MODEL_UNSUPPORTED for one that doesn't write text
     */
    public static ModelWriter open(String name) {
        LanguageModel model = LanguageModel.open(name);
        try {
            return new ModelWriter(model);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
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
        return gate.inside(
                () -> TextGenerator.generate(
                                backbone, model.tokenizer(), List.of(prompt(text)), Injection.NONE, options, listener)
                        .get(0)
                        .get(0),
                () -> new ClozeException(
                        Problem.PIPELINE_CLOSED,
                        "This writer with " + model.folder().name()
                                + " has been closed.\n  Use it inside its try block, or open another one."));
    }

    /** The text with the special tokens the model wants around one. */
    private int[] prompt(String text) {
        SpecialTokens special = model.special();
        return Stream.of(special.start(), model.tokenizer().encode(text, true), special.end())
                .flatMapToInt(IntStream::of)
                .toArray();
    }

    /** Gives the model back, once those who are writing have finished; a second call does nothing. */
    @Override
    public void close() {
        gate.close(model::close);
    }
}
