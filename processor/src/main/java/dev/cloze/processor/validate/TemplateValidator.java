package dev.cloze.processor.validate;

import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.syntax.MaskSpellings;
import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.processor.model.ScaleModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.List;

/** A template has one mask if it is answered by words there, and virtual tokens only where the method trains them. */
public final class TemplateValidator implements Validator {

    @Override
    public void check(TaskModel task, Report report) {
        task.parsed().forEach(template -> check(template, task, report));
    }

    private static void check(TemplateModel template, TaskModel task, Report report) {
        List<Mask> masks = template.all(Mask.class);
        if (masks.isEmpty() && task.readsWords()) {
            missingMask(template, task, report);
        }
        if (masks.isEmpty() && task.isText()) {
            spelledOtherwise(template, task, report);
        }
        masks.stream()
                .skip(1)
                .forEach(mask -> report.error(
                        template.place(),
                        Message.REPEATED_MASK,
                        template.at(mask.column()),
                        template.at(masks.get(0).column())));
        List<Soft> virtual = template.all(Soft.class);
        boolean trained = task.method().map(MethodTraits::virtualTokens).orElse(true);
        if (!trained && !virtual.isEmpty()) {
            report.error(
                    template.place(),
                    Message.SOFT_TOKENS_WITH_HARD_METHOD,
                    template.at(virtual.get(0).column()),
                    task.tuning().method(),
                    MethodTable.withVirtualTokens());
        }
    }

    /** A text to be written follows a template that spells a mask; a line of underscores may be one of a form. */
    private static void spelledOtherwise(TemplateModel template, TaskModel task, Report report) {
        MaskSpellings.in(template.text())
                .filter(spelling -> !spelling.startsWith("_"))
                .ifPresent(spelling -> report.warning(
                        template.place(),
                        Message.MASK_SPELLED_OTHERWISE,
                        spelling,
                        MaskSpellings.replaced(template.text()),
                        task.name()));
    }

    private static void missingMask(TemplateModel template, TaskModel task, Report report) {
        String example = ExampleTemplate.withMask(template, task);
        String hint = MaskSpellings.in(template.text())
                .map(spelling ->
                        "\"" + spelling + "\" is plain text to it: every model has a name of its own for {mask}.")
                .orElse("");
        if (task.scale().isPresent()) {
            ScaleModel scale = task.scale().get();
            report.error(
                    template.place(),
                    Message.MISSING_MASK_OF_SCALE,
                    hint,
                    scale.low().allWords().get(0).text(),
                    scale.high().allWords().get(0).text(),
                    example);
        } else if (task.kind() == TaskKind.EXTRACTION) {
            report.error(
                    template.place(),
                    Message.MISSING_MASK_OF_SPANS,
                    task.tuning().method(),
                    hint,
                    example,
                    MethodTable.names(row -> row.kind() == TaskKind.EXTRACTION && !row.readsWords()));
        } else {
            Message message = task.candidates().isPresent() ? Message.MISSING_MASK_OF_CANDIDATES : Message.MISSING_MASK;
            report.error(template.place(), message, hint, example);
        }
    }
}
