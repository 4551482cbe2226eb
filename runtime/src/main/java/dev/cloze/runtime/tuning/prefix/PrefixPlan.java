package dev.cloze.runtime.tuning.prefix;

import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftSettings;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prefixes of a model that are to be trained, and how they start; the model stays as it is.
 *
 * @param layout their sizes
 * @param middle the middle width of the networks that give them in training; 0 for none
 * @param start what is random of them at first
 * @param text what they start from, or null where they start at random
 */
public record PrefixPlan(
        LanguageModel model,
        PrefixLayout layout,
        int middle,
        PrefixStart start,
        @Nullable TextPrefix text) {

    /** What gives the prefixes, ready to be trained; the caller closes it. */
    public PrefixEncoder encoder() {
        TextPrefix read = text;
        if (read == null || middle > 0) {
            PrefixEncoder encoder = PrefixEncoder.load(model.backbone().device(), layout, middle, start);
            if (read != null) {
                PrefixFit.fit(encoder, read.numbers(), PrefixFit.STEPS);
            }
            return encoder;
        }
        return PrefixEncoder.load(
                model.backbone().device(),
                layout,
                middle,
                (memory, slot) -> memory.create(read.numbers(), new Shape(slot.shape())));
    }

    /** Prefixes alone, below a model that drops nothing: it is as it is when it answers. */
    public BackboneTraining.Plan alone() {
        return (objective, options, devScore, more) -> {
            PrefixEncoder encoder = encoder();
            SoftParts parts = SoftParts.frozen(model.backbone(), encoder, encoder.form(false), options);
            return new SoftTuning(parts.with(more), objective, devScore);
        };
    }

    /** What has to be known to read them again, by name. */
    public Map<String, String> settings() {
        return new SoftSettings(layout.length(), false).values();
    }
}
