package dev.cloze.processor.validate;

import dev.cloze.annotations.method.MethodTable;
import dev.cloze.processor.model.LabelModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Several templates are unlike each other, and the method takes several. */
public final class SeveralTemplatesValidator implements Validator {

    @Override
    public void check(TaskModel task, Report report) {
        List<TemplateModel> templates = task.templates();
        Map<Object, TemplateModel> seen = new HashMap<>();
        for (TemplateModel template : templates) {
            // The same text with other words is another pattern.
            TemplateModel first = seen.putIfAbsent(
                    List.of(
                            template.text(),
                            task.labels(template).stream()
                                    .map(LabelModel::texts)
                                    .toList()),
                    template);
            if (first != null) {
                report.error(
                        template.place(),
                        Message.REPEATED_TEMPLATE,
                        first.number(),
                        template.number(),
                        template.text());
            }
        }
        boolean tooMany =
                task.method().filter(row -> !row.takes(templates.size())).isPresent();
        if (tooMany) {
            report.error(
                    task.place(),
                    Message.SEVERAL_TEMPLATES,
                    task.name(),
                    templates.size(),
                    task.tuning().method(),
                    MethodTable.takingSeveralTemplates(task.kind()));
        }
    }
}
