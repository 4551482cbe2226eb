package dev.cloze.runtime.tuning;

import java.util.List;

/**
 * What is found in one input.
 *
 * @param spans in the order of the text, none that overlap
 * @param cut whether a part of the input was left out for want of room
 */
public record SpanAnswer(List<ScoredSpan> spans, boolean cut) {

    public SpanAnswer {
        spans = List.copyOf(spans);
    }
}
