package dev.cloze.processor.validate;

import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.problem.ClozeException;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import dev.cloze.processor.vocabulary.DemonstrationLength;

/** Demonstrations have room beside the longest input, where the method shows any. */
public final class DemonstrationValidator implements Validator {

    private final BackboneFinder finder;

    /** Checks with the models the finder finds. */
    public DemonstrationValidator(BackboneFinder finder) {
        this.finder = finder;
    }

    @Override
    public void check(TaskModel task, Report report) {
        task.method().filter(DemonstrationLength::isOf).ifPresent(method -> finder.of(task)
                .ifPresent(backbone -> check(task, method, backbone, report)));
    }

    private static void check(TaskModel task, MethodTraits method, Backbone backbone, Report report) {
        for (TemplateModel template : task.parsed()) {
            if (!template.hasMask() || task.labels(template).isEmpty()) {
                continue; // which others report
            }
            try {
                DemonstrationLength.of(task, template, method, backbone)
                        .requireLimit(backbone.name(), DemonstrationLength.limit(task));
            } catch (ClozeException tooLong) {
                report.error(template.place(), tooLong);
            }
        }
    }
}
