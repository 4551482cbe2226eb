package dev.cloze.runtime.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a generation task is, as its annotations say it; the annotation processor writes one for each task class.
 *
 * @param name the task class's full name
 * @param template the template text, which says what the model reads before it writes
 * @param placeholders how each placeholder's value is taken from an input, by path, in the order of first use
 * @param tuning the tuning options
 * @param <I> the task class
 */
public record TextTask<I>(
        String name,
        String template,
        Map<String, Function<? super I, ? extends @Nullable Object>> placeholders,
        TaskTuning tuning) {

    public TextTask {
        placeholders = Collections.unmodifiableMap(new LinkedHashMap<>(placeholders));
    }

    /** Starts the declaration of the task class of this full name. */
    public static <I> Builder<I> of(String name) {
        return new Builder<>(name);
    }

    /** Collects a declaration line by line. */
    public static final class Builder<I> {
        private final String name;
        private String template = "";
        private final Map<String, Function<? super I, ? extends @Nullable Object>> placeholders = new LinkedHashMap<>();
        private TaskTuning tuning = TaskTuning.defaults();

        private Builder(String name) {
            this.name = name;
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

        /** Backbone, method and options. */
        public Builder<I> tuning(TaskTuning options) {
            this.tuning = options;
            return this;
        }

        /** The declaration. */
        public TextTask<I> build() {
            return new TextTask<>(name, template, placeholders, tuning);
        }
    }
}
