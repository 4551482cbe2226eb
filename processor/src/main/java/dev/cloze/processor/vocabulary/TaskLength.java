package dev.cloze.processor.vocabulary;

import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.VerbalizerModel;
import java.util.Optional;

/** The length budget of a task, where enough of its backbone is known. */
public final class TaskLength {

    private TaskLength() {}

    /** The budget; nothing without a tokenizer or a template that parses. */
    public static Optional<LengthBudget> of(TaskModel task, BackboneFinder finder) {
        if (task.template().parts().isEmpty()) {
            return Optional.empty();
        }
        return finder.find(task.tuning().backbone().value())
                .backbone()
                .map(backbone -> LengthBudget.of(task, backbone, masks(task, backbone)));
    }

    private static int masks(TaskModel task, Backbone backbone) {
        return task.verbalizer()
                .map(VerbalizerModel::multiTokenWords)
                .map(choice -> choice == MultiTokenWords.JOINT ? WordTokens.longest(task, backbone) : 1)
                .orElse(0);
    }
}
