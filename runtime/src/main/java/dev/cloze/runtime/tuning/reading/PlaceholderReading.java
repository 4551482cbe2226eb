package dev.cloze.runtime.tuning.reading;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Separator;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.LabelNames;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is read of a task by methods that choose no words, see {@link dev.cloze.annotations.method.Reading#PLACEHOLDERS}:
 * the first template's placeholders in order, in their segments, with their filters. Mask, fixed words, special and virtual
 * tokens are dropped, and with them a segment that holds nothing else.
 */
public final class PlaceholderReading {

    private final List<List<Placeholder>> segments;
    private final List<Object> labels;

    private PlaceholderReading(List<List<Placeholder>> segments, List<Object> labels) {
        this.segments = segments;
        this.labels = labels;
    }

    /**
     * Reads a task.
     *
     * @throws ClozeException {@code TEMPLATE_SYNTAX}, {@code TEMPLATE_NO_PLACEHOLDER} where nothing is left
     */
    public static PlaceholderReading of(LabelTask task) {
        return of(task, placeholder -> true);
    }

    /** The same without placeholders that are none of these. */
    public static PlaceholderReading of(LabelTask task, Predicate<Placeholder> which) {
        List<List<Placeholder>> segments = new ArrayList<>(List.of(new ArrayList<>()));
        for (TemplatePart part : TemplateSyntax.parse(task.templates().get(0).text())) {
            if (part instanceof Separator) {
                segments.add(new ArrayList<>());
            } else if (part instanceof Placeholder placeholder && which.test(placeholder)) {
                segments.get(segments.size() - 1).add(placeholder);
            }
        }
        segments.removeIf(List::isEmpty);
        if (segments.isEmpty()) {
            throw new ClozeException(
                    Problem.TEMPLATE_NO_PLACEHOLDER,
                    "The template of " + task.name() + " names no component, and "
                            + task.tuning().method() + " reads nothing else of it."
                            + "\n  Name what the text is to be about in braces: \"{title} {body}\".");
        }
        return new PlaceholderReading(segments, task.labels());
    }

    /** The placeholders of each segment, one segment at least, none empty. */
    public List<List<Placeholder>> segments() {
        return segments.stream().map(List::copyOf).toList();
    }

    /** The template that is read: {@code {title} {body|limit:50} {sep} {reply}}. */
    public String text() {
        return segments.stream()
                .map(segment ->
                        segment.stream().map(PlaceholderReading::written).collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" {sep} "));
    }

    /** Its parts, for models that have templates. */
    public List<TemplatePart> parts() {
        return TemplateSyntax.parse(text());
    }

    /** What a saved pipeline says of the template: what is read, and labels without words. */
    public ProductIdentity.Template identity() {
        return new ProductIdentity.Template(
                text(),
                labels.stream()
                        .map(label -> new ProductIdentity.Label(LabelNames.of(label), List.of()))
                        .toList());
    }

    private static String written(Placeholder placeholder) {
        return Stream.concat(
                        Stream.of(placeholder.path()),
                        placeholder.filters().stream().map(PlaceholderReading::written))
                .collect(Collectors.joining("|", "{", "}"));
    }

    private static String written(Filter filter) {
        return filter instanceof Filter.Limit limit ? "limit:" + limit.tokens() : ((Filter.Plain) filter).written();
    }
}
