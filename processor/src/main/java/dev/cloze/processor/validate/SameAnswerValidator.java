package dev.cloze.processor.validate;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.processor.model.CandidatesModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;

/** Where something is to be answered at the mask, the template has something of the input in it. */
public final class SameAnswerValidator implements Validator {

    @Override
    public void check(TaskModel task, Report report) {
        if (!task.isText()) {
            task.parsed().stream()
                    .filter(template -> template.all(Placeholder.class).isEmpty())
                    .forEach(template -> check(template, task, report));
        }
    }

    private static void check(TemplateModel template, TaskModel task, Report report) {
        String components = String.join(", ", task.components());
        // The same question each time is a use of a cloze, if the class says that it has no input.
        if (task.kind() != TaskKind.CLOZE) {
            report.error(
                    template.place(),
                    Message.NO_PLACEHOLDER_TO_ANSWER,
                    task.name(),
                    components.isEmpty()
                            ? task.name() + " has no component: give it a record component, a getter or a public field."
                            : "Name what is to be judged in braces: \"" + example(template, task) + "\"",
                    components.isEmpty() ? "" : task.name() + " has: " + components + ".");
        } else if (calibration(task) != Calibration.NONE) {
            report.error(template.place(), Message.NO_PLACEHOLDER_TO_CALIBRATE, task.name(), calibration(task));
        } else if (!components.isEmpty()) {
            report.warning(template.place(), Message.NO_PLACEHOLDER, task.name(), task.name(), components);
        }
    }

    private static Calibration calibration(TaskModel task) {
        return task.candidates().map(CandidatesModel::calibration).orElse(Calibration.NONE);
    }

    private static String example(TemplateModel template, TaskModel task) {
        return template.hasMask()
                ? "{" + task.components().get(0) + "} " + template.text()
                : ExampleTemplate.withMask(template, task);
    }
}
