package dev.cloze.runtime;

import dev.cloze.runtime.template.JavaLiteral;
import dev.cloze.runtime.tuning.LabelNames;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * Label words that were found, the best choice first.
 *
 * @param <L> the labels
 */
public final class FoundWords<L> {

    private final Class<L> labels;
    private final List<Choice<L>> choices;

    /** These choices, at least one, the best first. */
    public FoundWords(Class<L> labels, List<Choice<L>> choices) {
        this.labels = labels;
        this.choices = List.copyOf(choices);
    }

    /**
     * Words for all labels.
     *
     * @param words of each label, the best first
     * @param trainAccuracy how many training examples the untrained model answers right with them, 0 to 1
     * @param devAccuracy how many development examples it answers right when tuned with them; empty where it was not
     * @param <L> the labels
     */
    public record Choice<L>(Map<L, List<String>> words, double trainAccuracy, OptionalDouble devAccuracy) {

        public Choice {
            words = Collections.unmodifiableMap(new LinkedHashMap<>(words));
        }
    }

    /** All choices, the best first. */
    public List<Choice<L>> choices() {
        return choices;
    }

    /** The best choice. */
    public Choice<L> best() {
        return choices.get(0);
    }

    /** The best choice as an annotation to be pasted over the task class. */
    public String source() {
        String type = labels.getTypeName();
        String name = type.substring(type.lastIndexOf('.') + 1).replace('$', '.');
        return best().words().entrySet().stream()
                .map(entry -> "        @LabelWords(label = \"" + LabelNames.of(entry.getKey()) + "\", value = "
                        + written(entry.getValue()) + ")")
                .collect(Collectors.joining(",\n", "@Verbalizer(labels = " + name + ".class, value = {\n", "})"));
    }

    private static String written(List<String> words) {
        return words.stream().map(JavaLiteral::of).collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public String toString() {
        return source();
    }
}
