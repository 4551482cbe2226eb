package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.annotations.syntax.TemplatePart.Placeholder;
import java.util.ArrayList;
import java.util.List;

/**
 * How long texts may be beside demonstrations (Gao et al. 2021, LM-BFF, arXiv 2012.15723; their code's {@code
 * first_sent_limit} and {@code other_sent_limit}).
 *
 * @param input tokens of each text of the input, but for those that are {@code fixed}
 * @param demonstration tokens of each text of a demonstration
 */
public record DemonstrationLimits(int input, int demonstration) {

    /** The template of the input with these limits. */
    List<TemplatePart> ofInput(List<TemplatePart> parts) {
        return limited(parts, input, false);
    }

    /** The template of a demonstration with these limits. */
    List<TemplatePart> ofDemonstration(List<TemplatePart> parts) {
        return limited(parts, demonstration, true);
    }

    private static List<TemplatePart> limited(List<TemplatePart> parts, int tokens, boolean evenFixed) {
        return parts.stream()
                .map(part -> part instanceof Placeholder placeholder
                                && (evenFixed || !placeholder.filters().contains(Filter.Plain.FIXED))
                        ? limited(placeholder, tokens)
                        : part)
                .toList();
    }

    private static TemplatePart limited(Placeholder placeholder, int tokens) {
        List<Filter> filters = new ArrayList<>(placeholder.filters());
        filters.add(new Filter.Limit(tokens));
        return new Placeholder(placeholder.path(), filters, placeholder.column());
    }
}
