package dev.cloze.runtime.tuning.tag;

import dev.cloze.runtime.backbone.TokenRow;

/**
 * A window of a text as the model reads it.
 *
 * @param row asking for the first token of each of its own words, one at least
 * @param first the first of these words, among those of the text
 * @param cut whether a part of another placeholder was left out for want of room
 */
record TagWindow(TokenRow row, int first, boolean cut) {

    /** How many words are its own. */
    int words() {
        return row.asked().length;
    }
}
