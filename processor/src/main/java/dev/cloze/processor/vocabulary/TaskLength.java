package dev.cloze.processor.vocabulary;

import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import java.util.Optional;

/** The length budget of a template of a task, where enough of its backbone is known. */
public final class TaskLength {

    private TaskLength() {}

    /** The budget; nothing without a tokenizer or a template that parses. */
    public static Optional<LengthBudget> of(TaskModel task, TemplateModel template, BackboneFinder finder) {
        // Without fixed words all room is the placeholders'.
        if (template.parts().isEmpty() || !(task.isText() || task.readsWords())) {
            return Optional.empty();
        }
        return finder.of(task).map(backbone -> of(task, template, backbone));
    }

    /** The budget of a template that parses on this model. */
    static LengthBudget of(TaskModel task, TemplateModel template, Backbone backbone) {
        return LengthBudget.of(task, template, backbone, masks(task, template, backbone));
    }

    private static int masks(TaskModel task, TemplateModel template, Backbone backbone) {
        return task.multiTokenWords()
                .map(choice -> choice.isJoint() ? WordTokens.longest(task, template, backbone) : 1)
                .orElse(0);
    }
}
