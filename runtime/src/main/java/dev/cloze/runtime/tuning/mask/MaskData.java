package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.LabeledValues;

/** Examples that are to be asked at the mask of a task, before it is compiled. */
public interface MaskData {

    /** Whether there is no example to choose the best weights by. */
    boolean withoutDev();

    /** Those to learn from. */
    MaskExamples train(CompiledTask task, LanguageModel model, TrainingOptions options);

    /** The others, or none. */
    MaskExamples dev(CompiledTask task, LanguageModel model);

    /** Labelled ones. */
    static MaskData of(LabeledValues train, LabeledValues dev) {
        return new MaskData() {
            @Override
            public boolean withoutDev() {
                return dev.isEmpty();
            }

            @Override
            public MaskExamples train(CompiledTask task, LanguageModel model, TrainingOptions options) {
                return MaskExamples.of(train, options.loss());
            }

            @Override
            public MaskExamples dev(CompiledTask task, LanguageModel model) {
                return MaskExamples.of(dev, LabelLoss.CROSS_ENTROPY);
            }
        };
    }
}
