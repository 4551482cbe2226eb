package dev.cloze.vocabulary;

/** Where in a whole input the text to encode stands, because some tokenizers mark the start of a word or text. */
enum Place {
    /** At the very start of the input. */
    TEXT_START,
    /** Right behind a special token such as the mask, as the text after it in the same input. */
    AFTER_SPECIAL,
    /** In running text; the text to encode brings the space before it along. */
    AFTER_SPACE,
    /** In running text, glued to whatever is before it. */
    WITHIN_WORD;

    /** Whether a prefix that marks a word's start may be put before the piece. */
    boolean mayPrefix(Piece piece) {
        return this != WITHIN_WORD || !piece.first();
    }
}
