package dev.cloze.processor.validate;

import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.List;

/** Virtual tokens stand in the template or before it, and something says how many they are. */
public final class PromptLengthValidator implements Validator {

    @Override
    public void check(TaskModel task, Report report) {
        task.method().filter(MethodTraits::virtualTokens).ifPresent(method -> task.parsed()
                .forEach(template -> check(template, method, task, report)));
    }

    private static void check(TemplateModel template, MethodTraits method, TaskModel task, Report report) {
        Written<Integer> length = task.tuning().promptLength();
        List<Soft> soft = template.all(Soft.class);
        if (!soft.isEmpty() && length.isWritten()) {
            report.error(
                    length.place(),
                    Message.PROMPT_LENGTH_BESIDE_SOFT,
                    length.value(),
                    template.at(soft.get(0).column()));
        } else if (soft.isEmpty()
                && !length.isWritten()
                && MethodTable.usualPromptLength(method.method()).isEmpty()) {
            report.error(template.place(), Message.PROMPT_LENGTH_MISSING, method.method());
        }
    }
}
