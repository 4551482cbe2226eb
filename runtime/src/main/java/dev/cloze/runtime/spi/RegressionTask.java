package dev.cloze.runtime.spi;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a regression is, as its annotations say it; the annotation processor writes one for each task class.
 *
 * @param <I> the task class
 */
public final class RegressionTask<I> {

    private final Class<I> inputType;
    private final List<String> templates;
    private final Map<String, Function<? super I, ? extends @Nullable Object>> placeholders;
    private final DeclaredScale scale;
    private final MultiTokenWords multiTokenWords;
    private final Calibration calibration;
    private final TaskTuning tuning;

    private RegressionTask(Builder<I> built, DeclaredScale scale) {
        this.inputType = built.inputType;
        this.templates = List.copyOf(built.templates);
        this.placeholders = Placeholders.copy(built.placeholders);
        this.scale = scale;
        this.multiTokenWords = built.multiTokenWords;
        this.calibration = built.calibration;
        this.tuning = built.tuning;
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

    /** The templates' texts in the order declared; at least one. */
    public List<String> templates() {
        return templates;
    }

    /** How each placeholder's value is taken from an input, by path, in the order of first use. */
    public Map<String, Function<? super I, ? extends @Nullable Object>> placeholders() {
        return placeholders;
    }

    /** The scale and its words. */
    public DeclaredScale scale() {
        return scale;
    }

    /** What becomes of words of several tokens. */
    public MultiTokenWords multiTokenWords() {
        return multiTokenWords;
    }

    /** How the words' scores are calibrated. */
    public Calibration calibration() {
        return calibration;
    }

    /** Method, backbone and options. */
    public TaskTuning tuning() {
        return tuning;
    }

    /** The same task tuned in another way. */
    public RegressionTask<I> withTuning(TaskTuning other) {
        return with(templates, scale, other);
    }

    /** The same task with these of its templates. */
    public RegressionTask<I> withTemplates(List<String> some) {
        return with(some, scale, tuning);
    }

    /** The same task on another scale. */
    public RegressionTask<I> withScale(DeclaredScale other) {
        return with(templates, other, tuning);
    }

    private RegressionTask<I> with(List<String> some, DeclaredScale ends, TaskTuning other) {
        Builder<I> copy = new Builder<>(inputType);
        copy.templates.addAll(some);
        copy.placeholders.putAll(placeholders);
        copy.scale = ends;
        return copy.multiTokenWords(multiTokenWords)
                .calibration(calibration)
                .tuning(other)
                .build();
    }

    /** Collects a declaration line by line. */
    public static final class Builder<I> {
        private final Class<I> inputType;
        private final List<String> templates = new ArrayList<>();
        private final Map<String, Function<? super I, ? extends @Nullable Object>> placeholders = new LinkedHashMap<>();
        private @Nullable DeclaredScale scale;
        private MultiTokenWords multiTokenWords = MultiTokenWords.JOINT;
        private Calibration calibration = Calibration.NONE;
        private TaskTuning tuning = TaskTuning.defaults();

        private Builder(Class<I> inputType) {
            this.inputType = inputType;
        }

        /** A template's text as written in the annotation. */
        public Builder<I> template(String text) {
            templates.add(text);
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

        /** The ends of the scale and their words, see {@link DeclaredScale}. */
        public Builder<I> scale(double from, double to, String low, String high) {
            this.scale = new DeclaredScale(from, to, low, high);
            return this;
        }

        /** What becomes of words of several tokens. */
        public Builder<I> multiTokenWords(MultiTokenWords choice) {
            this.multiTokenWords = choice;
            return this;
        }

        /** How the words' scores are calibrated. */
        public Builder<I> calibration(Calibration choice) {
            this.calibration = choice;
            return this;
        }

        /** Method, backbone and options. */
        public Builder<I> tuning(TaskTuning options) {
            this.tuning = options;
            return this;
        }

        /** The declaration, which must have a scale. */
        public RegressionTask<I> build() {
            if (templates.isEmpty()) {
                template("");
            }
            return new RegressionTask<>(this, Objects.requireNonNull(scale, "scale"));
        }
    }
}
