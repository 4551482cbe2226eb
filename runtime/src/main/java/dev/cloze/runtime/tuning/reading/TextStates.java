package dev.cloze.runtime.tuning.reading;

import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.tuning.SavedProduct;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a text's vector is made of. A saved product says it, so that it answers as it did whatever the model's folder says by now.
 *
 * @param pooling which of the last hidden states
 * @param ends whether a decoder's text ends as its tokenizer ends it; texts of other models end in any case
 */
public record TextStates(StatePooling pooling, boolean ends) {

    private static final String STATES = "states";
    private static final String ENDS = "ends";

    /** As the model's own library has it. */
    public static TextStates of(LanguageModel model) {
        boolean ends = model.backbone().kind() == BackboneKind.DECODER
                && model.tokenizer().special().end().length > 0;
        return new TextStates(model.pooling(model.folder().sentenceModules()), ends);
    }

    /**
     * As a product was saved with; earlier versions had means alone, and decoders' texts that did not end.
     *
     * @param role what the names of its settings begin with
     */
    public static TextStates read(SavedProduct saved, String role) {
        return new TextStates(
                saved.constant(role + STATES, StatePooling.MEAN),
                saved.settings().getOrDefault(role + ENDS, "").equals("true"));
    }

    /** As settings of a product: nothing where it is as earlier versions had it. */
    public Map<String, String> settings(String role) {
        Map<String, String> settings = new TreeMap<>();
        if (pooling != StatePooling.MEAN) {
            settings.put(role + STATES, pooling.name());
        }
        if (ends) {
            settings.put(role + ENDS, "true");
        }
        return settings;
    }

    /** A template of texts that are read so, see {@link ModelTemplate#of}. */
    public ModelTemplate template(List<TemplatePart> parts, LanguageModel model, int maxLength) {
        return ends ? ModelTemplate.ofWholeTexts(parts, model, maxLength) : ModelTemplate.of(parts, model, maxLength);
    }
}
