package dev.cloze.runtime;

import java.util.List;

/**
 * An input with all spans of its text that have a label.
 *
 * @param input an instance of the task class
 * @param spans in any order, none that overlap, each from the beginning of a word to the end of one; may be empty
 */
public record Extracted<I, L>(I input, List<Span<L>> spans) {

    public Extracted {
        spans = List.copyOf(spans);
    }
}
