package dev.cloze.annotations.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One part of a template, in the order written; {@link #column()} is its first character's place, from 1. */
public sealed interface TemplatePart {

    /** The place of the part's first character in the template text, from 1. */
    int column();

    /** Text as it stands, literal braces already single. */
    record Text(String text, int column) implements TemplatePart {}

    /** The mask: the position the label word stands at. */
    record Mask(int column) implements TemplatePart {}

    /** The boundary between two segments. */
    record Separator(int column) implements TemplatePart {}

    /** A special token of the model's own, by its name: {@code {special:"<|im_start|>"}}. */
    record Special(String token, int column) implements TemplatePart {}

    /**
     * A run of virtual tokens: {@code {soft}}, {@code {soft:5}}, or {@code {soft:"good movie"}} with initial text.
     *
     * @param count 1 to 4096; 0 with initial text, which has as many as it has tokens
     */
    record Soft(int count, @Nullable String initialText, int column) implements TemplatePart {}

    /** A component of the task class, by its path ({@code author.name}), with its filters in the order written. */
    record Placeholder(String path, List<Filter> filters, int column) implements TemplatePart {
        public Placeholder {
            filters = List.copyOf(filters);
        }
    }
}
