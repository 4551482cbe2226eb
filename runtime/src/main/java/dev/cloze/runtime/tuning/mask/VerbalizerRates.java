package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import dev.cloze.annotations.option.VerbalizerOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import java.util.Map;

/** How fast what is a verbalizer's own is trained. */
final class VerbalizerRates {

    private VerbalizerRates() {}

    /** The rate that is written, or this one. */
    static double of(TrainingOptions options, double usual) {
        return options.isSet(VerbalizerOptions.LABEL_LEARNING_RATE)
                ? options.get(VerbalizerOptions.LABEL_LEARNING_RATE)
                : usual;
    }

    /** Weights that AdamW trains beside the method's, without decay. */
    static WeightGroup group(Map<WeightSlot, NDArray> weights, TrainingOptions options, double usual) {
        return WeightGroup.of(weights, of(options, usual) / options.learningRate(), 0, options);
    }
}
