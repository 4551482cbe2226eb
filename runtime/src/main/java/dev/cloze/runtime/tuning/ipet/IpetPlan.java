package dev.cloze.runtime.tuning.ipet;

import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.patterns.Distillation;
import dev.cloze.runtime.tuning.patterns.SoftLabels;
import dev.cloze.runtime.tuning.plan.WorkPlan;
import java.util.ArrayList;
import java.util.List;

/** What iPET will do: in each generation a training for each template and repetition, then soft labels and the classifier. */
record IpetPlan(LabelTask task, TrainingOptions options, boolean ensemble) {

    /** Refuses too few models: {@code TUNING_TOO_FEW_MODELS}. */
    void check() {
        int models = task.templates().size() * options.get(PetOptions.REPETITIONS);
        if (models < PetOptions.FEWEST_MODELS) {
            throw new ClozeException(
                    Problem.TUNING_TOO_FEW_MODELS,
                    "iPET has " + models + " models here, " + task.templates().size() + " of templates times "
                            + options.get(PetOptions.REPETITIONS) + " repetitions, and it needs "
                            + PetOptions.FEWEST_MODELS
                            + " at least.\n  Each model learns from what others say, and with fewer there are not enough"
                            + " others.\n  Write another @Template, or raise repetitions in @Ipet.");
        }
    }

    /** What the steps of a generation are named. */
    static String prefix(int generation) {
        return "generation-" + (generation + 1) + "-pattern-";
    }

    /** Whether the model of this step labels the texts that have no label: all do but those that are to answer themselves. */
    boolean labels(String step) {
        boolean answers = ensemble && step.startsWith(prefix(options.get(PetOptions.GENERATIONS) - 1));
        return !answers && !step.equals(SoftLabels.STEP) && !step.equals(Distillation.STEP);
    }

    WorkPlan work() {
        List<WorkPlan.Step> steps = new ArrayList<>();
        for (int generation = 0; generation < options.get(PetOptions.GENERATIONS); generation++) {
            for (int template = 1; template <= task.templates().size(); template++) {
                for (int repetition = 1; repetition <= options.get(PetOptions.REPETITIONS); repetition++) {
                    String name = prefix(generation) + template + "-" + repetition;
                    steps.add(new WorkPlan.Step(name, options.maxSteps()));
                }
            }
        }
        if (!ensemble) {
            steps.add(new WorkPlan.Step(SoftLabels.STEP, 0));
            steps.add(new WorkPlan.Step(Distillation.STEP, options.get(PetOptions.DISTILLATION_STEPS)));
        }
        return new WorkPlan(steps);
    }
}
