package dev.cloze.processor.validate;

import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;

/** Models that learn from one another are enough for each to have others. */
public final class ModelCountValidator implements Validator {

    @Override
    public void check(TaskModel task, Report report) {
        task.method().filter(PetOptions.GENERATIONS::isOf).ifPresent(method -> check(task, method, report));
    }

    private static void check(TaskModel task, MethodTraits method, Report report) {
        int repetitions = task.tuning().own().stream()
                .filter(written -> written.name().equals(PetOptions.REPETITIONS.name()))
                .map(written -> (Integer) written.value())
                .findFirst()
                .or(PetOptions.REPETITIONS::usual)
                .orElse(1);
        int templates = task.templates().size();
        if (repetitions > 0 && templates * repetitions < PetOptions.FEWEST_MODELS) {
            report.error(
                    task.place(),
                    Message.TOO_FEW_MODELS,
                    method.method(),
                    templates * repetitions,
                    templates,
                    repetitions,
                    PetOptions.FEWEST_MODELS);
        }
    }
}
