package dev.cloze.runtime.tuning.scale;

import dev.cloze.annotations.Compat;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskExamples;

/**
 * Rated examples of a scale's two poles.
 *
 * @param train those to learn from
 * @param dev the others, or none
 */
public record PoleData(RatedValues train, RatedValues dev, DeclaredScale scale) implements MaskData {

    @Override
    public boolean withoutDev() {
        return dev.isEmpty();
    }

    @Override
    public MaskExamples train(CompiledTask task, LanguageModel model, TrainingOptions options) {
        return PoleTargets.of(train, scale, options.compat());
    }

    @Override
    public MaskExamples dev(CompiledTask task, LanguageModel model) {
        return PoleTargets.of(dev, scale, Compat.PAPER);
    }
}
