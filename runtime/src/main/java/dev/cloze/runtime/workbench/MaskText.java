package dev.cloze.runtime.workbench;

import dev.cloze.annotations.syntax.MaskSpellings;
import dev.cloze.annotations.syntax.TemplateColumn;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Mask;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.List;

/** Checks a text that is to be filled, in the words of somebody at a command line. */
public final class MaskText {

    private MaskText() {}

    /**
     * Refuses a text without a gap, and one with names in braces.
     *
     * @throws ClozeException TEMPLATE_SYNTAX, TEMPLATE_MISSING_MASK, TEMPLATE_UNKNOWN_PLACEHOLDER
     */
    public static void check(String text) {
        List<TemplatePart> parts = TemplateSyntax.parse(text);
        parts.stream().filter(Placeholder.class::isInstance).findFirst().ifPresent(part -> {
            String written = "{" + ((Placeholder) part).path() + "}";
            throw new ClozeException(
                    Problem.TEMPLATE_UNKNOWN_PLACEHOLDER,
                    written + " at " + TemplateColumn.in(text, part.column())
                            + " of the text stands for nothing: there is {mask} alone."
                            + "\n  Write the words themselves; or, for braces as they are, {" + written + "}.");
        });
        if (parts.stream().noneMatch(Mask.class::isInstance)) {
            throw new ClozeException(
                    Problem.TEMPLATE_MISSING_MASK,
                    "The text has no {mask}, so no word of it is missing."
                            + MaskSpellings.in(text)
                                    .map(spelling -> "\n  \"" + spelling + "\" is plain text: write \""
                                            + MaskSpellings.replaced(text) + "\"")
                                    .orElse("\n  Write {mask} where a word is missing:"
                                            + " \"Paris is the capital of {mask}.\""));
        }
    }
}
