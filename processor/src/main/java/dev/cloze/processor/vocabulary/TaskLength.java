package dev.cloze.processor.vocabulary;

import dev.cloze.annotations.method.Reading;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import java.util.Optional;

/** The length budget of a template of a task, where enough of its backbone is known. */
public final class TaskLength {

    private TaskLength() {}

    /** The budget; nothing without a tokenizer or a template that parses. */
    public static Optional<LengthBudget> of(TaskModel task, TemplateModel template, BackboneFinder finder) {
        if (template.parts().isEmpty()) {
            return Optional.empty();
        }
        if (readsPlaceholders(task)) {
            // Those of the first template are all that is read.
            return template.number() == 1
                    ? finder.of(task).map(backbone -> LengthBudget.of(task, template.placeholdersAlone(), backbone, 0))
                    : Optional.empty();
        }
        return !task.isText() && !task.readsWords()
                ? Optional.empty()
                : finder.of(task).map(backbone -> of(task, template, backbone));
    }

    /** Whether a language model reads the placeholders of the first template and nothing else of it. */
    public static boolean readsPlaceholders(TaskModel task) {
        return task.method()
                .filter(row -> row.reading() == Reading.PLACEHOLDERS && row.hasBackbone())
                .isPresent();
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
