package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.annotations.Tuning;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.UnitVector;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.reading.TextStates;
import java.util.List;
import java.util.Map;

/**
 * Vectors of texts that are near where the texts mean alike: the mean of a model's last hidden states, or the one that its own
 * library takes ({@link TextStates}), of length 1, as sentence encoders such as {@code all-MiniLM-L6-v2} are
 * trained to have them. E is their hidden size.
 */
public final class SentenceVectors {

    private static final String TEXT = "text";
    private static final String ROLE = "similarity.";

    private final LanguageModel model;
    private final ModelTemplate template;
    private final TextStates states;

    /** Vectors of this model as its own library has them; its lease stays the caller's. */
    public SentenceVectors(LanguageModel model) {
        this(model, TextStates.of(model));
    }

    /** Vectors as a product that was saved with {@link #settings} had them. */
    static SentenceVectors read(LanguageModel model, SavedProduct saved) {
        return new SentenceVectors(model, TextStates.read(saved, ROLE));
    }

    SentenceVectors(LanguageModel model, TextStates states) {
        this.model = model;
        this.states = states;
        this.template = states.template(
                List.of(new TemplatePart.Placeholder(TEXT, List.of(), 1)),
                model,
                model.inputLength(0, Tuning.USUAL_LENGTH));
    }

    /** The model. */
    LanguageModel model() {
        return model;
    }

    /** What they are made of, as settings of a product. */
    public Map<String, String> settings() {
        return states.settings(ROLE);
    }

    /**
     * The vectors of inputs, whose texts are joined by one space: (B, E), each of length 1.
     *
     * @param inputs for each, the text of every placeholder by path
     */
    public float[][] of(List<Map<String, String>> inputs) {
        List<TokenRow> rows = inputs.stream()
                .map(input -> template.encode(Map.of(TEXT, String.join(" ", input.values())), 0))
                .map(this::row)
                .toList();
        float[][] vectors = model.backbone().vectors(rows, states.pooling());
        for (float[] vector : vectors) {
            UnitVector.scale(vector, "the similarity of demonstrations");
        }
        return vectors;
    }

    private TokenRow row(EncodedText text) {
        return ModelTemplate.row(text, model.backbone().classifier().place(text.length()));
    }
}
