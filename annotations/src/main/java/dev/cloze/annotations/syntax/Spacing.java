package dev.cloze.annotations.syntax;

import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplatePart.Special;
import dev.cloze.annotations.syntax.TemplatePart.Text;
import java.util.List;

/**
 * How a kind of model reads the white space of a template; the compiler and the runtime both ask here.
 *
 * <p>White space belongs to the part it stands before, and at the start of a segment there is none. What stands before a
 * special token is kept, as it is when a whole text is encoded. A model that reads from left to right sees what stands
 * before its mask, or ends its template: that is kept as well, but for a last space, which belongs to the word that
 * follows.
 *
 * @param leftToRight whether the model writes behind the template
 * @param asWritten whether white space at the two ends of the template is kept
 * @param special what the model's special tokens do to the text beside them
 */
public record Spacing(boolean leftToRight, boolean asWritten, SpecialTokenSpaces special) {

    /** The parts with their white space moved to where it is encoded. */
    public List<SpacedPart> of(List<TemplatePart> parts) {
        return new SpaceReader(this).read(parts);
    }

    /** The white space that is kept where a word follows it. */
    static String beforeWord(String space) {
        return space.endsWith(" ") ? space.substring(0, space.length() - 1) : space;
    }

    /**
     * Whether the word at the mask is one that follows a space ({@code "Ġgreat"} in a byte-level vocabulary): so it is
     * after white space (after a space, where line breaks are kept), after virtual tokens and, as in PET and LM-BFF, at the
     * start of a segment; but not glued to text.
     */
    public boolean maskFollowsSpace(List<SpacedPart> parts) {
        TemplatePart previous = null;
        for (SpacedPart spaced : parts) {
            if (spaced.part() instanceof Mask) {
                if (!spaced.before().isEmpty()) {
                    return !leftToRight || spaced.before().endsWith(" ");
                }
                return previous instanceof Special
                        ? !leftToRight || special.textBeginsBehind()
                        : !(previous instanceof Text || previous instanceof Placeholder);
            }
            previous = spaced.part();
        }
        return !(previous instanceof Text || previous instanceof Placeholder); // as if it were at the end
    }
}
