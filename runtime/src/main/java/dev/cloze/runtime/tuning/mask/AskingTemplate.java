package dev.cloze.runtime.tuning.mask;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.syntax.MaskSpellings;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.LabelTask;
import java.util.List;

/** What a template must have that asks a model something at {@code {mask}}. */
final class AskingTemplate {

    private AskingTemplate() {}

    /**
     * Refuses one that asks nothing, or the same of every input where a label is to be chosen or scores are calibrated.
     *
     * @param text as it is written
     * @param parts what it consists of
     * @param task whose template it is
     * @throws ClozeException {@code TEMPLATE_MISSING_MASK}, {@code TEMPLATE_NO_PLACEHOLDER}
     */
    static void check(String text, List<TemplatePart> parts, LabelTask task) {
        if (parts.stream().noneMatch(TemplatePart.Mask.class::isInstance)) {
            throw new ClozeException(
                    Problem.TEMPLATE_MISSING_MASK,
                    "The template has no {mask}, so there is no place for a label word."
                            + MaskSpellings.in(text)
                                    .map(spelling -> "\n  \"" + spelling
                                            + "\" is plain text to it: every model has a name of its own for {mask}.")
                                    .orElse("")
                            + "\n  Write {mask} where the label word belongs: \"" + asking(text) + "\"");
        }
        if (parts.stream().noneMatch(TemplatePart.Placeholder.class::isInstance)) {
            requireNoInput(text, task);
        }
    }

    /** The same question each time is a use of a cloze. */
    private static void requireNoInput(String text, LabelTask task) {
        if (!task.ofWords()) {
            String name = task.placeholders().stream().findFirst().orElse("text");
            throw new ClozeException(
                    Problem.TEMPLATE_NO_PLACEHOLDER,
                    "The template has no placeholder, so every input would get the same answer."
                            + "\n  Name the text that is asked about in braces: \"{" + name + "} "
                            + text.strip() + "\"");
        }
        if (task.calibration() != Calibration.NONE) {
            throw new ClozeException(
                    Problem.TEMPLATE_NO_PLACEHOLDER,
                    "The template has no placeholder, and calibration = " + task.calibration()
                            + " compares it with itself without content."
                            + "\n  Here the two are the same, so every word would get the same score."
                            + "\n  Name what the text is to be about in braces, or leave calibration out.");
        }
    }

    private static String asking(String text) {
        return MaskSpellings.in(text).isPresent()
                ? MaskSpellings.replaced(text)
                : (text.strip() + " It was {mask}.").strip();
    }
}
