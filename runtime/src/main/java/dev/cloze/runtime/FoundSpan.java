package dev.cloze.runtime;

/**
 * A span that a pipeline found in an input's text.
 *
 * @param span where it is, and its label
 * @param text what stands there
 * @param probability how sure the model is of these places with this label, 0 to 1
 */
public record FoundSpan<L>(Span<L> span, String text, double probability) {

    /** Its label. */
    public L label() {
        return span.label();
    }
}
