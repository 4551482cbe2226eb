package dev.cloze.runtime.tuning.pet;

import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.patterns.Distillation;
import dev.cloze.runtime.tuning.patterns.SoftLabels;
import dev.cloze.runtime.tuning.plan.WorkPlan;
import java.util.ArrayList;
import java.util.List;

/** What PET will do: a training for each template and repetition, their soft labels, and the classifier's training. */
record PetPlan(int templates, TrainingOptions options, boolean ensemble) {

    /** Whether the model of this step labels the texts that have no label: all do, unless they are to answer themselves. */
    boolean labels(String step) {
        return !ensemble && !step.equals(SoftLabels.STEP) && !step.equals(Distillation.STEP);
    }

    WorkPlan work(String models) {
        List<WorkPlan.Step> steps = new ArrayList<>();
        for (int template = 1; template <= templates; template++) {
            for (int repetition = 1; repetition <= options.get(PetOptions.REPETITIONS); repetition++) {
                steps.add(new WorkPlan.Step(models + template + "-" + repetition, options.maxSteps()));
            }
        }
        if (!ensemble) {
            steps.add(new WorkPlan.Step(SoftLabels.STEP, 0));
            steps.add(new WorkPlan.Step(Distillation.STEP, options.get(PetOptions.DISTILLATION_STEPS)));
        }
        return new WorkPlan(steps);
    }
}
