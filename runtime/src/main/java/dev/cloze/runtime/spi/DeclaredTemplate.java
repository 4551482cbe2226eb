package dev.cloze.runtime.spi;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A template of a task with the words its labels have there.
 *
 * @param text as written in the annotation
 * @param words the words of each label, in the order of the labels
 * @param <L> the labels
 */
public record DeclaredTemplate<L>(String text, Map<L, List<String>> words) {

    public DeclaredTemplate {
        words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
    }

    /** The same, with the words in the order of these labels as far as there are any; those of other labels follow. */
    DeclaredTemplate<L> inOrder(Collection<L> labels) {
        Map<L, List<String>> ordered = new LinkedHashMap<>();
        for (L label : labels) {
            List<String> ofLabel = words.get(label);
            if (ofLabel != null) {
                ordered.put(label, ofLabel);
            }
        }
        words.forEach(ordered::putIfAbsent);
        return new DeclaredTemplate<>(text, ordered);
    }
}
