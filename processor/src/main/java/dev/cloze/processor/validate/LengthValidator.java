package dev.cloze.processor.validate;

import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.option.PrefixOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import dev.cloze.processor.vocabulary.BackboneFinder;
import dev.cloze.processor.vocabulary.LengthBudget;
import dev.cloze.processor.vocabulary.TaskLength;
import java.util.Optional;

/** The template leaves room for its placeholders. */
public final class LengthValidator implements Validator {

    private final BackboneFinder finder;

    /** Checks with the models the finder finds. */
    public LengthValidator(BackboneFinder finder) {
        this.finder = finder;
    }

    @Override
    public void check(TaskModel task, Report report) {
        for (TemplateModel template : task.templates()) {
            TaskLength.of(task, template, finder).ifPresent(budget -> check(task, template, budget, report));
        }
    }

    private static void check(TaskModel task, TemplateModel template, LengthBudget budget, Report report) {
        if (task.method().filter(MethodTraits::prefixes).isPresent()
                && budget.most() - budget.virtual() < TuningOptions.FEWEST_TOKENS) {
            refusePrefix(task, budget, report);
            return;
        }
        String raise = task.tuning().maxLength().value() > 0 ? ", or raise maxLength" : "";
        int placeholders = template.all(Placeholder.class).size();
        if (budget.longest() > budget.most()) {
            report.error(
                    template.place(),
                    Message.TOO_LONG,
                    budget.longest(),
                    budget.most(),
                    "They are " + budget.describedAtLongest() + ".",
                    raise);
        } else if (budget.left() < placeholders && TaskLength.readsPlaceholders(task)) {
            report.warning(
                    template.place(),
                    Message.NO_ROOM_OF_PLACEHOLDERS,
                    count(placeholders, "placeholder"),
                    count(Math.max(0, budget.left()), "token"),
                    budget.most(),
                    budget.described(),
                    raise);
        } else if (budget.left() < placeholders) {
            report.warning(
                    template.place(),
                    Message.NO_ROOM,
                    count(budget.left(), "token"),
                    count(placeholders, "placeholder"),
                    budget.left() == 0 ? "nothing of an input is read" : "long inputs can lose one of them whole",
                    "Of " + budget.most() + " tokens it takes " + budget.described() + ".",
                    raise);
        }
    }

    /** The runtime says the same, of whatever model it finds. */
    private static void refusePrefix(TaskModel task, LengthBudget budget, Report report) {
        int chosen = task.tuning().maxLength().value();
        Written<Integer> length = task.tuning().promptLength();
        Optional<Written<?>> text =
                length.isWritten() ? Optional.empty() : task.tuning().where(PrefixOptions.INITIAL_TEXT);
        report.error(
                text.map(Written::place).orElse(length.place()),
                Message.PREFIX_TOO_LONG,
                text.isPresent()
                        ? "the " + budget.virtual() + " tokens of initialText"
                        : "promptLength = " + budget.virtual(),
                Math.max(0, budget.most() - budget.virtual()),
                budget.most(),
                TuningOptions.FEWEST_TOKENS,
                chosen > 0 ? "maxLength = " + chosen + " counts the prefix too." : "The model leaves an input no more.",
                chosen > 0 ? ", or a longer maxLength" : "");
    }

    private static String count(int number, String of) {
        return (number == 0 ? "no " : number + " ") + of + (number > 1 ? "s" : "");
    }
}
