package dev.cloze.runtime.tuning.prefix;

import dev.cloze.runtime.backbone.FiniteWeights;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.tuning.soft.SoftSettings;

/** Prefixes on disk. */
public final class SavedPrefix {

    private SavedPrefix() {}

    /**
     * A shared model with the prefixes that were saved, to be asked for when the product's identity fits; the caller closes it,
     * which leaves the model open.
     *
     * @throws dev.cloze.problem.ClozeException CHECKPOINT_MISSING_WEIGHT where there are none of a site, CHECKPOINT_SHAPE where
     *     they are of other layers or heads, MODEL_NOT_FINITE where a number is none
     */
    public static SoftBackbone read(LanguageModel model, SavedProduct saved) {
        SoftSettings settings = SoftSettings.of(saved);
        PrefixLayout layout = PrefixLayout.of(model.backbone(), settings.before(), settings.sites());
        SoftBackbone read = settings.read(model, PrefixForm.of(layout), saved);
        try {
            FiniteWeights.require(read, saved.place());
            return read;
        } catch (RuntimeException | Error e) {
            read.close();
            throw e;
        }
    }
}
