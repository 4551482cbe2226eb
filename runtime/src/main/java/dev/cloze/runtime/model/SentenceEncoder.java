package dev.cloze.runtime.model;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.FiniteScores;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import java.util.List;
import java.util.Map;

/**
 * Makes a vector of each text, so that texts of like meaning have vectors of like direction, as far as the model was trained for
 * it: {@code all-MiniLM-L6-v2} by normalised means, {@code bge-small-en-v1.5} by the normalised first token (Reimers and
 * Gurevych 2019, Sentence-BERT, arXiv 1908.10084, section 3). Many threads can use one at once.
 */
public final class SentenceEncoder implements AutoCloseable {

    private static final String PATH = "text";

    private final LanguageModel model;
    private final ModelTemplate template;
    private final Pooling pooling;
    private final boolean normalised;

    /** What of the last hidden states stands for a text. */
    public enum Pooling {
        /** Their mean over all tokens, special ones included; of an encoder-decoder, its encoder's. */
        MEAN,
        /** That of the first token, for encoders alone. */
        FIRST
    }

    private SentenceEncoder(LanguageModel model, Pooling pooling, boolean normalised) {
        this.model = model;
        this.template = ModelTemplate.asWritten(
                TemplateSyntax.parse("{" + PATH + "}"), model, model.inputLength(0, Tuning.USUAL_LENGTH));
        this.pooling = pooling;
        this.normalised = normalised;
    }

    /** Opens a model by name or folder, see {@link LanguageModel#open(String)}, for normalised means. */
    public static SentenceEncoder open(String model) {
        return of(LanguageModel.open(model), Pooling.MEAN, true);
    }

    /**
     * Over a model whose lease it takes over in any case.
     *
     * @param normalised whether vectors have an L2 norm of 1
     * @throws ClozeException MODEL_UNSUPPORTED for the first token of a model that is no encoder
     */
    public static SentenceEncoder of(LanguageModel model, Pooling pooling, boolean normalised) {
        try {
            if (pooling == Pooling.FIRST && model.backbone().kind() != BackboneKind.ENCODER) {
                throw new ClozeException(
                        Problem.MODEL_UNSUPPORTED,
                        "The first token of a text says nothing of it in "
                                + model.folder().name()
                                + ": it is no encoder, and reads that token before the others."
                                + "\n  Take the mean over all tokens, or an encoder.");
            }
            return new SentenceEncoder(model, pooling, normalised);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }

    /** How many numbers a vector has. */
    public int size() {
        return model.backbone().shape().hiddenSize();
    }

    /** What a saved pipeline says of its model. */
    public ModelIdentity identity() {
        return model.identity();
    }

    /**
     * A vector for each text, in their order; of a text that is too long its beginning is read.
     *
     * @throws ClozeException MODEL_NOT_FINITE
     */
    public float[][] encode(List<String> texts) {
        List<TokenRow> rows = texts.stream()
                .map(text -> template.encode(Map.of(PATH, text), 0))
                .map(text -> new TokenRow(text.ids(), text.segmentIds(), new int[] {0}))
                .toList();
        float[][] vectors =
                model.backbone().vectors(rows, pooling == Pooling.MEAN ? StatePooling.MEAN : StatePooling.PLACES);
        for (float[] vector : vectors) {
            finish(vector);
        }
        return vectors;
    }

    private void finish(float[] state) {
        double squares = 0;
        for (float number : state) {
            squares += (double) number * number;
        }
        FiniteScores.require(squares, "a text");
        if (normalised && squares > 0) {
            double norm = Math.sqrt(squares);
            for (int i = 0; i < state.length; i++) {
                state[i] = (float) (state[i] / norm);
            }
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
