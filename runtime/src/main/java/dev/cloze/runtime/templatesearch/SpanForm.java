package dev.cloze.runtime.templatesearch;

import java.util.List;

/** Where a text stands beside the two spans that are written around a label word. */
enum SpanForm {
    /** The text, then a span, the word and a span. */
    BEHIND(false),
    /** A span, the word and a span, then the text. */
    BEFORE(true),
    /** A text, a span, the word, a span, and another text. */
    BETWEEN(true);

    private final boolean textAfter;

    SpanForm(boolean textAfter) {
        this.textAfter = textAfter;
    }

    /** Those of inputs of so many placeholders: one text has both places, of several the last stands behind the others. */
    static List<SpanForm> of(int placeholders) {
        return placeholders == 1 ? List.of(BEHIND, BEFORE) : List.of(BETWEEN);
    }

    /** Whether a text stands behind the spans. */
    boolean hasTextAfter() {
        return textAfter;
    }
}
