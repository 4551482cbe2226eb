package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.runtime.template.EncodedText;

/**
 * An answered example as the model reads it.
 *
 * @param first as it begins a row, or the same as below where it never does
 * @param following as it stands behind other text
 */
public record Demonstration(EncodedText first, EncodedText following) {

    /** Tokens it takes at most. */
    public int length() {
        return Math.max(first.length(), following.length());
    }
}
