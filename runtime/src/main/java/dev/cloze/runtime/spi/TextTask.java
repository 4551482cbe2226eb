package dev.cloze.runtime.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a generation task is, as its annotations say it; the annotation processor writes one for each task class.
 *
 * @param <I> the task class
 */
public final class TextTask<I> {

    private final Class<I> inputType;
    private final String template;
    private final Map<String, Function<? super I, ? extends @Nullable Object>> placeholders;
    private final TaskTuning tuning;

    private TextTask(
            Class<I> inputType,
            String template,
            Map<String, Function<? super I, ? extends @Nullable Object>> placeholders,
            TaskTuning tuning) {
        this.inputType = inputType;
        this.template = template;
        this.placeholders = placeholders;
        this.tuning = tuning;
    }

    /** Starts the declaration of a task. */
    public static <I> Builder<I> of(Class<I> input) {
        return new Builder<>(input);
    }

    /** The task class. */
    public Class<I> inputType() {
        return inputType;
    }

    /** The task class's full name. */
    public String name() {
        return Placeholders.name(inputType);
    }

    /** The template text, which says what the model reads before it writes. */
    public String template() {
        return template;
    }

    /** How each placeholder's value is taken from an input, by path, in the order of first use. */
    public Map<String, Function<? super I, ? extends @Nullable Object>> placeholders() {
        return placeholders;
    }

    /** Method, backbone and options. */
    public TaskTuning tuning() {
        return tuning;
    }

    /** The same task tuned in another way. */
    public TextTask<I> withTuning(TaskTuning other) {
        return new TextTask<>(inputType, template, placeholders, other);
    }

    /** Collects a declaration line by line. */
    public static final class Builder<I> {
        private final Class<I> inputType;
        private String template = "";
        private final Map<String, Function<? super I, ? extends @Nullable Object>> placeholders = new LinkedHashMap<>();
        private TaskTuning tuning = TaskTuning.defaults();

        private Builder(Class<I> inputType) {
            this.inputType = inputType;
        }

        /** The template text as written in the annotation. */
        public Builder<I> template(String text) {
            this.template = text;
            return this;
        }

        /**
         * How a placeholder's value is taken; a value is a String, number, boolean, enum constant, Optional of these, or
         * a list of these.
         */
        public Builder<I> placeholder(String path, Function<? super I, ? extends @Nullable Object> accessor) {
            placeholders.put(path, accessor);
            return this;
        }

        /** Method, backbone and options. */
        public Builder<I> tuning(TaskTuning options) {
            this.tuning = options;
            return this;
        }

        /** The declaration. */
        public TextTask<I> build() {
            return new TextTask<>(inputType, template, Placeholders.copy(placeholders), tuning);
        }
    }
}
