package dev.cloze.runtime.tuning.multitask;

import dev.cloze.annotations.option.MultitaskOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.training.TrainingRequest;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.soft.DirectPrompt;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What is trained of one task on a model, and how fast: the shared prompt, and the task's own matrix. */
record FactoredTraining(LanguageModel model, FactoredStart start) implements BackboneTraining.Plan {

    /** The options of one task's run, with the learning rate where nobody set it. */
    static TrainingOptions options(TaskTuning tuning, TrainingRequest request, boolean withoutDev) {
        return options(tuning, request, withoutDev, DirectPrompt.USUAL_RATE);
    }

    /** The same with another rate where nobody set one. */
    static TrainingOptions options(TaskTuning tuning, TrainingRequest request, boolean withoutDev, double rate) {
        TrainingOptions options = request.options(tuning, TrainingOptions.defaults(), withoutDev);
        return options.learningRate() == 0 ? options.withLearningRate(rate) : options;
    }

    /** The rate of what is of the tasks, times that of the loop. */
    static double faster(TrainingOptions options) {
        return options.isSet(MultitaskOptions.TASK_LEARNING_RATE)
                ? options.get(MultitaskOptions.TASK_LEARNING_RATE) / options.learningRate()
                : MultitaskOptions.USUAL_FASTER;
    }

    /** The prompts of so many tasks. */
    static FactoredPrompts prompts(LanguageModel model, FactoredStart start, int tasks) {
        FactoredShape shape = start.shape(model, tasks);
        return FactoredPrompts.load(model.backbone().device(), shape, start.weights(model, shape));
    }

    @Override
    public Map<String, String> identity(TrainingOptions options) {
        return start.identity();
    }

    @Override
    public BackboneTraining of(
            Objective.Plan objective,
            TrainingOptions options,
            ToDoubleFunction<Backbone> devScore,
            List<WeightGroup> more) {
        FactoredShape shape = start.shape(model, 1);
        FactoredPrompts prompts = prompts(model, start, 1);
        List<WeightGroup> groups = prompts.groups(options, faster(options));
        SoftParts parts =
                new SoftParts(model.backbone(), false, prompts.alone(), shape.tokens(), groups, false).with(more);
        return new SoftTuning(parts, objective, devScore);
    }
}
