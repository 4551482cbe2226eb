package dev.cloze.processor.validate;

import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.vocabulary.Backbone;
import dev.cloze.processor.vocabulary.BackboneFinder;
import dev.cloze.vocabulary.AddedTokens;

/** Each special token a template writes by name is one of the backbone's own. */
public final class SpecialTokenValidator implements Validator {

    private final BackboneFinder finder;

    /** Checks with the models the finder finds. */
    public SpecialTokenValidator(BackboneFinder finder) {
        this.finder = finder;
    }

    @Override
    public void check(TaskModel task, Report report) {
        finder.of(task).filter(backbone -> task.isText() || task.readsWords()).ifPresent(backbone -> task.templates()
                .forEach(template ->
                        template.all(Special.class).forEach(special -> check(special, backbone, template, report))));
    }

    private static void check(Special special, Backbone backbone, TemplateModel template, Report report) {
        AddedTokens known = backbone.vocabulary().addedTokens();
        if (known.id(special.token()).isEmpty()) {
            report.error(
                    template.place(),
                    Message.UNKNOWN_SPECIAL_TOKEN,
                    special.token(),
                    template.at(special.column()),
                    backbone.name(),
                    known.suggestion(special.token()));
        }
    }
}
