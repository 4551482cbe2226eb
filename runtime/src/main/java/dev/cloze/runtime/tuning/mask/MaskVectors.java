package dev.cloze.runtime.tuning.mask;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import java.util.List;

/** The hidden states from which a backbone says what stands at the one mask of texts, as numbers of Java. */
final class MaskVectors {

    private MaskVectors() {}

    /**
     * One vector for each text, in their order.
     *
     * @param pooling {@link StatePooling#MASKS} or {@link StatePooling#HEAD}
     */
    static float[][] of(Backbone backbone, List<EncodedText> texts, StatePooling pooling) {
        return backbone.vectors(texts.stream().map(ModelTemplate::row).toList(), pooling);
    }
}
