package dev.cloze.runtime.template;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The texts of inputs' placeholders by path, each taken when it is asked for, so that a long list takes no memory. */
public final class InputValues<I> extends AbstractList<Map<String, String>> {

    private final List<? extends @Nullable I> inputs;
    private final Map<String, Function<? super I, ? extends @Nullable Object>> accessors;
    private final String kind;

    /** The values of these inputs, see {@link PlaceholderValues#of}. */
    public InputValues(
            List<? extends @Nullable I> inputs,
            Map<String, Function<? super I, ? extends @Nullable Object>> accessors) {
        this(inputs, accessors, "");
    }

    /**
     * The same.
     *
     * @param kind what an error calls them, by their number from 1: {@code "training example"}
     */
    public InputValues(
            List<? extends @Nullable I> inputs,
            Map<String, Function<? super I, ? extends @Nullable Object>> accessors,
            String kind) {
        this.inputs = inputs;
        this.accessors = accessors;
        this.kind = kind;
    }

    @Override
    public Map<String, String> get(int index) {
        @Nullable I input = inputs.get(index);
        return inputs.size() == 1 && kind.isEmpty()
                ? PlaceholderValues.of(input, accessors)
                : PlaceholderValues.of(input, (kind.isEmpty() ? "input" : kind) + " " + (index + 1), accessors);
    }

    @Override
    public int size() {
        return inputs.size();
    }
}
