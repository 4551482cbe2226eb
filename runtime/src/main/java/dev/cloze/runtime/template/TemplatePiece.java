package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.Filter;
import java.util.List;

/** A template part made ready for encoding; the whitespace written before a part belongs to it. */
sealed interface TemplatePiece {

    /** The whitespace before the piece, as written, perhaps none. */
    String before();

    /** Fixed text without whitespace at its ends, encoded once for each of its usual places. */
    record Words(String before, String text, int[] atStart, int[] asWritten) implements TemplatePiece {

        /** The ids at the start of a segment, or after other tokens with this whitespace between. */
        int[] encode(TextEncoder encoder, boolean start, String space) {
            if (start) {
                return atStart;
            }
            return space.equals(before) ? asWritten : encoder.encode(space + text, false);
        }
    }

    /**
     * The place of a placeholder's text.
     *
     * @param limit tokens it may have whatever room there is
     * @param keepsEnd whether its beginning is cut rather than its end
     * @param fixed whether it is never cut for want of room
     */
    record Slot(String before, String path, List<Filter> filters, int limit, boolean keepsEnd, boolean fixed)
            implements TemplatePiece {}

    /** The place of the masks. */
    record Masks(String before) implements TemplatePiece {}

    /** A run of virtual tokens. */
    record Virtual(String before, int count) implements TemplatePiece {}

    /** The boundary between two segments. */
    record Boundary(String before) implements TemplatePiece {}
}
