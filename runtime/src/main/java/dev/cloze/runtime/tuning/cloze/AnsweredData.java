package dev.cloze.runtime.tuning.cloze;

import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.tuning.AnsweredValues;
import dev.cloze.runtime.tuning.mask.CompiledTask;
import dev.cloze.runtime.tuning.mask.MaskData;
import dev.cloze.runtime.tuning.mask.MaskExamples;

/**
 * Answered examples, whose answers are looked up in the compiled task.
 *
 * @param train those to learn from
 * @param dev the others, or none
 */
public record AnsweredData(AnsweredValues train, AnsweredValues dev) implements MaskData {

    @Override
    public boolean withoutDev() {
        return dev.isEmpty();
    }

    @Override
    public MaskExamples train(CompiledTask task, LanguageModel model, TrainingOptions options) {
        return WordTargets.of(train, task, model, "training example");
    }

    @Override
    public MaskExamples dev(CompiledTask task, LanguageModel model) {
        return WordTargets.of(dev, task, model, "development example");
    }
}
