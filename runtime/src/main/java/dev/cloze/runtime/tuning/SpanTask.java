package dev.cloze.runtime.tuning;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.spi.DeclaredSpans;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The labelling of a text's spans as methods see it.
 *
 * @param labels the labels, without one for spans that have none
 * @param spans which spans are asked about, and the words of those without a label
 * @param path of the text
 */
public record SpanTask(LabelTask labels, DeclaredSpans spans, String path) {

    /** What a span without a label is called, which no constant of an enum can be. */
    public static final String NO_LABEL = "(none)";

    /**
     * The task as declared.
     *
     * @throws ClozeException {@code TEMPLATE_SYNTAX}, {@code TEMPLATE_MISSING_SPAN} where no text is marked in a template,
     *     {@code TEMPLATE_REPEATED_SPANS} where several are
     */
    public static SpanTask of(ExtractionTask<?, ?> task) {
        return new SpanTask(LabelTask.of(task.labels()), task.spans(), path(task));
    }

    /** The path of the text whose spans are labelled, which is the same in all templates. */
    public static String path(ExtractionTask<?, ?> task) {
        String path = "";
        for (DeclaredTemplate<?> template : task.templates()) {
            List<String> marked = TemplateSyntax.parse(template.text()).stream()
                    .filter(part -> part instanceof Placeholder one && isText(one))
                    .map(part -> ((Placeholder) part).path())
                    .toList();
            if (marked.isEmpty()) {
                throw new ClozeException(
                        Problem.TEMPLATE_MISSING_SPAN,
                        "A template of " + task.name() + " marks no text whose spans are to be labelled."
                                + "\n  Write |spans behind the name of the text: \"{body|spans}\".");
            }
            if (marked.size() > 1 || !(path.isEmpty() || path.equals(marked.get(0)))) {
                throw new ClozeException(
                        Problem.TEMPLATE_REPEATED_SPANS,
                        "The templates of " + task.name() + " mark several texts whose spans are to be labelled: "
                                + (path.isEmpty() ? "" : path + ", ") + String.join(", ", marked)
                                + ".\n  Spans are those of one text: leave one |spans in each template.");
            }
            path = marked.get(0);
        }
        return path;
    }

    /** Whether this is the text whose spans are labelled. */
    public static boolean isText(Placeholder placeholder) {
        return placeholder.filters().contains(Filter.Plain.SPANS);
    }

    /** Whether this is the span that is asked about. */
    public static boolean isSpan(Placeholder placeholder) {
        return placeholder.path().equals(TemplateSyntax.SPAN);
    }

    /**
     * The choice for one span, {@link #NO_LABEL} last, which {@code {span}} is a placeholder of.
     *
     * @throws ClozeException {@code VERBALIZER_MISSING_LABEL} where there are no words for spans without a label
     */
    public LabelTask choice() {
        if (spans.none().isEmpty()) {
            throw new ClozeException(
                    Problem.VERBALIZER_MISSING_LABEL,
                    "Nothing says what the model says at {mask} of a span of " + labels.name() + " that has no label."
                            + "\n  Write @Spans(none = \"...\") on it, or choose a method that tags tokens.");
        }
        List<Object> all = new ArrayList<>(labels.labels());
        all.add(NO_LABEL);
        List<String> paths = new ArrayList<>(labels.placeholders());
        paths.add(TemplateSyntax.SPAN);
        return new LabelTask(
                labels.name(),
                labels.templates().stream().map(this::withNone).toList(),
                paths,
                all,
                labels.multiTokenWords(),
                labels.calibration(),
                labels.tuning());
    }

    private DeclaredTemplate<Object> withNone(DeclaredTemplate<Object> template) {
        Map<Object, List<String>> words = new LinkedHashMap<>(template.words());
        words.put(NO_LABEL, spans.none());
        return new DeclaredTemplate<>(template.text(), words);
    }

    /** Method, backbone and options. */
    public TaskTuning tuning() {
        return labels.tuning();
    }
}
