package dev.cloze.processor.validate;

import com.google.auto.common.MoreTypes;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.processor.model.Names;
import dev.cloze.processor.model.SpansModel;
import dev.cloze.processor.model.TaskModel;
import dev.cloze.processor.model.TemplateModel;
import dev.cloze.processor.model.Written;
import dev.cloze.processor.report.Message;
import dev.cloze.processor.report.Report;
import java.util.List;
import java.util.Optional;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Spans are those of one text, and where they are asked about, the template says which and there are words for none. */
public final class SpansValidator implements Validator {

    private static final int MOST_WORDS = 64;
    private static final int MOST_NEGATIVES = 100;

    @Override
    public void check(TaskModel task, Report report) {
        if (task.kind() != TaskKind.EXTRACTION) {
            return;
        }
        task.parsed().forEach(template -> checkText(template, task, report));
        task.placeholders().stream()
                .filter(one -> task.parsed().stream()
                        .anyMatch(template -> template.texts().contains(one.path())))
                .filter(one -> !isString(one.type()))
                .forEach(one ->
                        report.error(one.place(), Message.SPANS_TYPE, one.path(), one.at(), Names.of(one.type())));
        task.spans().ifPresent(spans -> checkNumbers(spans, report));
        if (task.readsWords()) {
            checkAsked(task, report);
        }
    }

    private static boolean isString(TypeMirror type) {
        return type.getKind() == TypeKind.DECLARED && MoreTypes.isTypeOf(String.class, type);
    }

    private static void checkText(TemplateModel template, TaskModel task, Report report) {
        List<String> texts = template.texts();
        List<String> all = task.parsed().stream()
                .flatMap(one -> one.texts().stream())
                .distinct()
                .toList();
        if (texts.isEmpty()) {
            report.error(template.place(), Message.SPANS_NOT_MARKED, template.number(), String.join(", ", all));
        } else if (texts.size() > 1 || !texts.get(0).equals(all.get(0))) {
            report.error(
                    template.place(),
                    Message.REPEATED_SPANS,
                    template.at(template.all(Placeholder.class).stream()
                            .filter(TemplateModel::isText)
                            .reduce((first, last) -> last)
                            .orElseThrow()
                            .column()),
                    all.get(0));
        }
    }

    private static void checkNumbers(SpansModel spans, Report report) {
        int longest = spans.longest().value();
        if (longest < 1 || longest > MOST_WORDS) {
            outOfRange(spans.longest(), "1 to " + MOST_WORDS, report);
        }
        double negatives = spans.negatives().value();
        if (!(negatives > 0 && negatives <= MOST_NEGATIVES)) {
            outOfRange(spans.negatives(), "above 0 and at most " + MOST_NEGATIVES, report);
        }
    }

    private static void outOfRange(Written<?> written, String range, Report report) {
        report.error(written.place(), Message.OPTION_OUT_OF_RANGE, written.name(), written.value(), range);
    }

    private static void checkAsked(TaskModel task, Report report) {
        String tagging = MethodTable.names(row -> row.kind() == TaskKind.EXTRACTION && !row.readsWords());
        for (TemplateModel template : task.parsed()) {
            Optional<Placeholder> span = template.all(Placeholder.class).stream()
                    .filter(placeholder -> placeholder.path().equals(TemplateSyntax.SPAN))
                    .findFirst();
            if (span.isEmpty()) {
                report.error(
                        template.place(),
                        Message.MISSING_SPAN,
                        task.tuning().method(),
                        ExampleTemplate.ofSpans(template, task),
                        tagging);
            }
        }
        if (task.spans().isEmpty()) {
            report.error(
                    task.place(),
                    Message.MISSING_NONE,
                    task.name(),
                    task.tuning().method(),
                    tagging);
        }
    }
}
