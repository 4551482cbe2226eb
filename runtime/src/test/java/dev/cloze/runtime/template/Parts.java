package dev.cloze.runtime.template;

import dev.cloze.annotations.syntax.Filter;
import dev.cloze.annotations.syntax.TemplatePart;
import java.util.List;

/** Template parts as a test writes them. */
final class Parts {

    private Parts() {}

    static TemplatePart text(String text) {
        return new TemplatePart.Text(text, 1);
    }

    static TemplatePart slot(String path, Filter... filters) {
        return new TemplatePart.Placeholder(path, List.of(filters), 1);
    }

    static TemplatePart mask() {
        return new TemplatePart.Mask(1);
    }

    static TemplatePart sep() {
        return new TemplatePart.Separator(1);
    }

    static TemplatePart soft(int count) {
        return new TemplatePart.Soft(count, null, 1);
    }
}
