package dev.cloze.runtime.spi;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a classification task is, as its annotations say it; the annotation processor writes one for each task class.
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public final class ClassificationTask<I, L> {

    private final Class<I> inputType;
    private final Class<L> labelType;
    private final List<DeclaredTemplate<L>> templates;
    private final Map<String, Function<? super I, ? extends @Nullable Object>> placeholders;
    private final Map<L, List<String>> labels;
    private final MultiTokenWords multiTokenWords;
    private final Calibration calibration;
    private final TaskTuning tuning;

    private ClassificationTask(Builder<I, L> built) {
        this.inputType = built.inputType;
        this.labelType = built.labelType;
        this.labels = Collections.unmodifiableMap(new LinkedHashMap<>(built.labels));
        this.templates = built.templates.stream()
                .map(template -> template.words().isEmpty()
                        ? new DeclaredTemplate<>(template.text(), labels)
                        : template.inOrder(labels.keySet()))
                .toList();
        this.placeholders = Placeholders.copy(built.placeholders);
        this.multiTokenWords = built.multiTokenWords;
        this.calibration = built.calibration;
        this.tuning = built.tuning;
    }

    /** Starts the declaration of a task. */
    public static <I, L> Builder<I, L> of(Class<I> input, Class<L> label) {
        return new Builder<>(input, label);
    }

    /** The task class. */
    public Class<I> inputType() {
        return inputType;
    }

    /** The label enum. */
    public Class<L> labelType() {
        return labelType;
    }

    /** The task class's full name. */
    public String name() {
        return Placeholders.name(inputType);
    }

    /** The templates in the order declared, each with the words it has for the labels; at least one. */
    public List<DeclaredTemplate<L>> templates() {
        return templates;
    }

    /** How each placeholder's value is taken from an input, by path, in the order of first use. */
    public Map<String, Function<? super I, ? extends @Nullable Object>> placeholders() {
        return placeholders;
    }

    /** The words of each label, in the order of the enum's constants. */
    public Map<L, List<String>> labels() {
        return labels;
    }

    /** What becomes of label words of several tokens. */
    public MultiTokenWords multiTokenWords() {
        return multiTokenWords;
    }

    /** How scores are calibrated. */
    public Calibration calibration() {
        return calibration;
    }

    /** Method, backbone and options. */
    public TaskTuning tuning() {
        return tuning;
    }

    /** The same task tuned in another way. */
    public ClassificationTask<I, L> withTuning(TaskTuning other) {
        return with(templates, labels, other);
    }

    /** The same task with these words of the labels, in every template. */
    public ClassificationTask<I, L> withWords(Map<L, List<String>> words) {
        List<DeclaredTemplate<L>> plain = templates.stream()
                .map(template -> new DeclaredTemplate<L>(template.text(), Map.of()))
                .toList();
        return with(plain, words, tuning);
    }

    /** The same task with these of its templates. */
    public ClassificationTask<I, L> withTemplates(List<DeclaredTemplate<L>> some) {
        return with(some, labels, tuning);
    }

    private ClassificationTask<I, L> with(
            List<DeclaredTemplate<L>> some, Map<L, List<String>> words, TaskTuning other) {
        Builder<I, L> copy = new Builder<>(inputType, labelType);
        copy.templates.addAll(some);
        copy.placeholders.putAll(placeholders);
        copy.labels.putAll(words);
        return copy.multiTokenWords(multiTokenWords)
                .calibration(calibration)
                .tuning(other)
                .build();
    }

    /** Collects a declaration line by line. */
    public static final class Builder<I, L> {
        private final Class<I> inputType;
        private final Class<L> labelType;
        private final List<DeclaredTemplate<L>> templates = new ArrayList<>();
        private final Map<String, Function<? super I, ? extends @Nullable Object>> placeholders = new LinkedHashMap<>();
        private final Map<L, List<String>> labels = new LinkedHashMap<>();
        private MultiTokenWords multiTokenWords = MultiTokenWords.JOINT;
        private Calibration calibration = Calibration.NONE;
        private TaskTuning tuning = TaskTuning.defaults();

        private Builder(Class<I> inputType, Class<L> labelType) {
            this.inputType = inputType;
            this.labelType = labelType;
        }

        /** A template's text as written in the annotation, with the labels' own words. */
        public Builder<I, L> template(String text) {
            return template(text, Map.of());
        }

        /** A template's text as written in the annotation, with words of its own. */
        public Builder<I, L> template(String text, Map<L, List<String>> words) {
            templates.add(new DeclaredTemplate<>(text, words));
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
            labels.put(label, List.of(words));
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

        /** Method, backbone and options. */
        public Builder<I, L> tuning(TaskTuning options) {
            this.tuning = options;
            return this;
        }

        /** The declaration. */
        public ClassificationTask<I, L> build() {
            if (templates.isEmpty()) {
                template("");
            }
            return new ClassificationTask<>(this);
        }
    }
}
