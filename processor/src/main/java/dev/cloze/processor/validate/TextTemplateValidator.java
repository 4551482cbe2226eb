package dev.cloze.processor.validate;

import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.List;

/** Where text is to be written, the template gives the model something to read, and something of the input. */
public final class TextTemplateValidator implements Validator {

    @Override
    public void check(TaskModel task, Report report) {
        if (task.isText()) {
            task.parsed().forEach(template -> check(template, task, report));
        }
    }

    private static void check(TemplateModel template, TaskModel task, Report report) {
        List<TemplatePart> parts = template.parts().orElse(List.of());
        if (parts.stream().noneMatch(TextTemplateValidator::isRead)) {
            report.error(
                    template.place(),
                    Message.NOTHING_TO_READ,
                    ExampleTemplate.allOf(task).strip());
        } else if (!task.components().isEmpty() && parts.stream().noneMatch(Placeholder.class::isInstance)) {
            report.warning(
                    template.place(),
                    Message.NO_PLACEHOLDER,
                    task.name(),
                    task.name(),
                    String.join(", ", task.components()));
        }
    }

    private static boolean isRead(TemplatePart part) {
        return part instanceof Placeholder
                || part instanceof Soft
                || part instanceof Special
                || (part instanceof Text text && !text.text().isBlank());
    }
}
