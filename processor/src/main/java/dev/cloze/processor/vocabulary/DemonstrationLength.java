package dev.cloze.processor.vocabulary;

import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.option.DemonstrationOptions;
import dev.cloze.annotations.option.Option;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.Written;
import dev.cloze.vocabulary.DemonstrationBudget;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/** How much room a method's demonstrations take beside an input: what the runtime finds when it meets the model. */
public final class DemonstrationLength {

    /** What parts a text from the next where no token ends it. */
    private static final String EMPTY_LINE = "\n\n";

    private DemonstrationLength() {}

    /** Whether the method shows demonstrations. */
    public static boolean isOf(MethodTraits method) {
        return DemonstrationOptions.DEMONSTRATION_LIMIT.isOf(method);
    }

    /** What is written as the limit of a demonstration's texts. */
    public static OptionalInt limit(TaskModel task) {
        return written(task, DemonstrationOptions.DEMONSTRATION_LIMIT);
    }

    /** The budget of a template of a task whose method shows demonstrations. */
    public static DemonstrationBudget of(
            TaskModel task, TemplateModel template, MethodTraits method, Backbone backbone) {
        LengthBudget alone = TaskLength.of(task, template, backbone);
        int around = alone.fixed() - alone.masks();
        int behind = around
                - backbone.vocabulary().specialTokensAtStart()
                + (backbone.writesBehindInput()
                        ? LengthBudget.textTokensBehind(EMPTY_LINE, template, backbone) - alone.text()
                        : 0);
        List<Integer> shown = task.labels(template).stream()
                .flatMap(label -> label.allWords().stream().limit(1))
                .map(word ->
                        behind + WordTokens.of(word, template, backbone).ids().size())
                .toList();
        List<TemplatePart> parts = template.parts().orElse(List.of());
        return DemonstrationBudget.of(
                alone.most(),
                Math.max(around, behind) + alone.masks(),
                DemonstrationOptions.showsEveryLabel(method)
                        ? shown
                        : List.of(shown.stream().max(Comparator.naturalOrder()).orElse(behind)),
                parts,
                written(task, DemonstrationOptions.INPUT_LIMIT));
    }

    private static OptionalInt written(TaskModel task, Option<Integer> option) {
        return task.tuning().written().stream()
                .filter(one -> one.name().equals(option.name()))
                .map(Written::value)
                .map(Integer.class::cast)
                .mapToInt(Integer::intValue)
                .findFirst();
    }
}
