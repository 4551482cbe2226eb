package dev.cloze.runtime.tuning.prompttuning;

import dev.cloze.annotations.PromptTuning.Optimizer;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.engine.Adafactor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.option.LoopOptions;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.soft.DirectPrompt;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import dev.cloze.runtime.tuning.soft.StartVectors;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What prompt tuning trains of a task on a model, and how fast.
 *
 * @param form how many virtual tokens there are
 * @param words the tokens of each label word, in the order in which virtual tokens start as them
 * @param source what the virtual tokens start as; empty where the options say it
 */
record PromptTraining(LanguageModel model, VirtualTokens form, List<int[]> words, List<float[]> source)
        implements BackboneTraining.Plan {

    /** The authors' for Adafactor. */
    private static final double ADAFACTOR_RATE = 0.3;

    private static final double ADAFACTOR_DECAY = 1e-5;

    /** The options of a run, with the optimizer's own rate and schedule where nobody set them. */
    static TrainingOptions options(TaskTuning tuning, TrainingRequest request, boolean withoutDev) {
        TrainingOptions options = request.options(tuning, TrainingOptions.defaults(), withoutDev);
        boolean adafactor = isAdafactor(options);
        TrainingOptions scheduled = adafactor && !options.isSet(LoopOptions.SCHEDULE)
                ? options.withSchedule(TrainingOptions.Schedule.CONSTANT)
                : options;
        return scheduled.learningRate() == 0
                ? scheduled.withLearningRate(adafactor ? ADAFACTOR_RATE : DirectPrompt.USUAL_RATE)
                : scheduled;
    }

    private static boolean isAdafactor(TrainingOptions options) {
        return options.get(PromptTuningOptions.OPTIMIZER) == Optimizer.ADAFACTOR;
    }

    @Override
    public Map<String, String> identity(TrainingOptions options) {
        return source.isEmpty() ? PromptStart.identity(options) : StartVectors.identity(source);
    }

    @Override
    public BackboneTraining of(
            Objective.Plan objective,
            TrainingOptions options,
            ToDoubleFunction<Backbone> devScore,
            List<WeightGroup> more) {
        List<float[]> start = source.isEmpty() ? new PromptStart(model, options).rows(form.count(), words) : source;
        DirectPrompt prompt =
                DirectPrompt.load(model.backbone().device(), form, (memory, slot) -> StartVectors.array(memory, start));
        SoftParts parts = SoftParts.frozen(model.backbone(), prompt, form, options);
        SoftParts moved = isAdafactor(options) ? parts.withGroups(List.of(adafactor(prompt, options))) : parts;
        return new SoftTuning(moved.with(more), objective, devScore);
    }

    private static WeightGroup adafactor(DirectPrompt prompt, TrainingOptions options) {
        double decay = options.isSet(LoopOptions.WEIGHT_DECAY) ? options.weightDecay() : ADAFACTOR_DECAY;
        return new WeightGroup(prompt.weights(), 1, decay, Adafactor::new);
    }
}
