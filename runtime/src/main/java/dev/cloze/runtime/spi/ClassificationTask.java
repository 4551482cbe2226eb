package dev.cloze.runtime.spi;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a classification task is, as its annotations say it; the annotation processor writes one for each task class.
 *
 * @param name the task class's full name
 * @param template the template text
 * @param placeholders how each placeholder's value is taken from an input, by path, in the order of first use
 * @param labels the words of each label, in the order of the enum's constants
 * @param tuning the tuning options
 * @param <I> the task class
 * @param <L> the label enum
 */
public record ClassificationTask<I, L>(
        String name,
        String template,
        Map<String, Function<? super I, ? extends @Nullable Object>> placeholders,
        Map<L, List<String>> labels,
        MultiTokenWords multiTokenWords,
        Calibration calibration,
        TaskTuning tuning) {

    public ClassificationTask {
        placeholders = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(placeholders));
        labels = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }

    /** Starts the declaration of the task class of this full name. */
    public static <I, L> Builder<I, L> of(String name) {
        return new Builder<>(name);
    }

    /** Collects a declaration line by line. */
    public static final class Builder<I, L> {
        private final String name;
        private String template = "";
        private final Map<String, Function<? super I, ? extends @Nullable Object>> placeholders = new LinkedHashMap<>();
        private final Map<L, List<String>> labels = new LinkedHashMap<>();
        private MultiTokenWords multiTokenWords = MultiTokenWords.JOINT;
        private Calibration calibration = Calibration.NONE;
        private TaskTuning tuning = TaskTuning.defaults();

        private Builder(String name) {
            this.name = name;
        }

        /** The template text as written in the annotation. */
        public Builder<I, L> template(String text) {
            this.template = text;
            return this;
        }

        /**
         * How a placeholder's value is taken; a value is a String, number, boolean, enum constant, Optional of these, or
         * a list of these.
         */
        public Builder<I, L> placeholder(String path, Function<? super I, ? extends @Nullable Object> accessor) {
            placeholders.put(path, accessor);
            return this;
        }

        /** A label with its words. */
        public Builder<I, L> label(L label, String... words) {
            labels.put(label, List.copyOf(new ArrayList<>(List.of(words))));
            return this;
        }

        /** What becomes of label words of several tokens. */
        public Builder<I, L> multiTokenWords(MultiTokenWords choice) {
            this.multiTokenWords = choice;
            return this;
        }

        /** How scores are calibrated. */
        public Builder<I, L> calibration(Calibration choice) {
            this.calibration = choice;
            return this;
        }

        /** Backbone, method and options. */
        public Builder<I, L> tuning(TaskTuning options) {
            this.tuning = options;
            return this;
        }

        /** The declaration. */
        public ClassificationTask<I, L> build() {
            return new ClassificationTask<>(name, template, placeholders, labels, multiTokenWords, calibration, tuning);
        }
    }
}
