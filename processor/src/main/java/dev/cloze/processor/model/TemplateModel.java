package dev.cloze.processor.model;

import dev.cloze.annotations.syntax.TemplatePart;
import dev.cloze.processor.report.Place;
import java.util.List;
import java.util.Optional;

/**
 * A template as written and as parsed.
 *
 * @param parts nothing when the text breaks the grammar, which then is reported already
 * @param place the template's text
 */
public record TemplateModel(String text, Optional<List<TemplatePart>> parts, Place place) {

    /** The parts of this kind, in order; none when the text breaks the grammar. */
    public <T extends TemplatePart> List<T> all(Class<T> kind) {
        return parts.orElse(List.of()).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** Whether white space stands before the mask, so that its label word is a word of its own. */
    public boolean isMaskAfterSpace() {
        List<TemplatePart> all = parts.orElse(List.of());
        for (int i = 1; i < all.size(); i++) {
            if (all.get(i) instanceof TemplatePart.Mask && all.get(i - 1) instanceof TemplatePart.Text before) {
                return Character.isWhitespace(before.text().charAt(before.text().length() - 1));
            }
        }
        return false;
    }
}
