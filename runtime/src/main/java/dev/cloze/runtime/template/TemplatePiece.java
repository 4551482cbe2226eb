package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.SpacedPart;

/** A template part made ready for encoding; the white space written before a part belongs to it. */
sealed interface TemplatePiece {

    /** The part as written, with the white space before it. */
    SpacedPart spaced();

    /** Fixed text, which may be empty where white space stands for itself. */
    record Words(SpacedPart spaced) implements TemplatePiece {}

    /**
     * The place of a placeholder's text.
     *
     * @param limit tokens it may have whatever room there is
     * @param keepsEnd whether its beginning is cut rather than its end
     * @param fixed whether it is never cut for want of room
     */
    record Slot(SpacedPart spaced, String path, int limit, boolean keepsEnd, boolean fixed) implements TemplatePiece {}

    /** The place of the masks, behind the white space that is kept there. */
    record Masks(SpacedPart spaced) implements TemplatePiece {}

    /** A special token, behind the white space before it. */
    record Special(SpacedPart spaced, int id) implements TemplatePiece {}

    /**
     * A run of virtual tokens.
     *
     * @param start the tokens of the words they start as, or -1 for each that starts as none
     */
    record Virtual(SpacedPart spaced, int[] start) implements TemplatePiece {
        int count() {
            return start.length;
        }
    }

    /** The boundary between two segments. */
    record Boundary(SpacedPart spaced) implements TemplatePiece {}
}
