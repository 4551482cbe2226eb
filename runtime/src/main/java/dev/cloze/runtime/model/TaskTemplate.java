package dev.cloze.runtime.model;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodTable;
import dev.cloze.annotations.syntax.TemplateColumn;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Soft;
import dev.cloze.annotations.syntax.TemplateSyntax;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.List;

/** Templates as tasks declare them, which a task declared by hand has no compiler for. */
public final class TaskTemplate {

    private TaskTemplate() {}

    /**
     * The parts of a template, which has virtual tokens only where the method trains them.
     *
     * @throws ClozeException {@code TEMPLATE_SYNTAX}, {@code TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD}
     */
    public static List<TemplatePart> parse(String template, TuningMethod method) {
        List<TemplatePart> parts = TemplateSyntax.parse(template);
        for (TemplatePart part : parts) {
            if (part instanceof Soft && !MethodTable.hasVirtualTokens(method)) {
                throw new ClozeException(
                        Problem.TEMPLATE_SOFT_TOKENS_WITH_HARD_METHOD,
                        "{soft} at " + TemplateColumn.in(template, part.column())
                                + " of the template asks for a virtual token there, which " + method
                                + " does not train.\n  Write the text out in plain words.");
            }
        }
        return parts;
    }
}
