package dev.cloze.runtime.spi;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a task is that labels spans of a text, as its annotations say it; the annotation processor writes one for each task class.
 *
 * @param <I> the task class
 * @param <L> the label enum
 */
public final class ExtractionTask<I, L> {

    private final ClassificationTask<I, L> labels;
    private final DeclaredSpans spans;

    private ExtractionTask(ClassificationTask<I, L> labels, DeclaredSpans spans) {
        this.labels = labels;
        this.spans = spans;
    }

    /** Starts the declaration of a task. */
    public static <I, L> Builder<I, L> of(Class<I> input, Class<L> label) {
        return new Builder<>(ClassificationTask.of(input, label));
    }

    /** The task class. */
    public Class<I> inputType() {
        return labels.inputType();
    }

    /** The label enum. */
    public Class<L> labelType() {
        return labels.labelType();
    }

    /** The task class's full name. */
    public String name() {
        return labels.name();
    }

    /** The templates in the order declared, each with the words it has for the labels; at least one. */
    public List<DeclaredTemplate<L>> templates() {
        return labels.templates();
    }

    /** How each placeholder's value is taken from an input, by path, in the order of first use. */
    public Map<String, Function<? super I, ? extends @Nullable Object>> placeholders() {
        return labels.placeholders();
    }

    /** The choice of a label for a span: labels, their words, method, backbone and options. */
    public ClassificationTask<I, L> labels() {
        return labels;
    }

    /** Which spans are asked about. */
    public DeclaredSpans spans() {
        return spans;
    }

    /** Method, backbone and options. */
    public TaskTuning tuning() {
        return labels.tuning();
    }

    /** The same task tuned in another way. */
    public ExtractionTask<I, L> withTuning(TaskTuning other) {
        return new ExtractionTask<>(labels.withTuning(other), spans);
    }

    /** The same task with these of its templates. */
    public ExtractionTask<I, L> withTemplates(List<DeclaredTemplate<L>> some) {
        return new ExtractionTask<>(labels.withTemplates(some), spans);
    }

    /** Collects a declaration line by line. */
    public static final class Builder<I, L> {
        private final ClassificationTask.Builder<I, L> labels;
        private DeclaredSpans spans = DeclaredSpans.NONE;

        private Builder(ClassificationTask.Builder<I, L> labels) {
            this.labels = labels;
        }

        /** A template's text as written in the annotation, with the labels' own words. */
        public Builder<I, L> template(String text) {
            labels.template(text);
            return this;
        }

        /** A template's text as written in the annotation, with words of its own. */
        public Builder<I, L> template(String text, Map<L, List<String>> words) {
            labels.template(text, words);
            return this;
        }

        /** How a placeholder's value is taken; that of the text whose spans are labelled is a String. */
        public Builder<I, L> placeholder(String path, Function<? super I, ? extends @Nullable Object> accessor) {
            labels.placeholder(path, accessor);
            return this;
        }

        /** A label with its words. */
        public Builder<I, L> label(L label, String... words) {
            labels.label(label, words);
            return this;
        }

        /**
         * Which spans are asked about, see {@link DeclaredSpans}.
         *
         * @throws dev.cloze.problem.ClozeException TUNING_OPTION_OUT_OF_RANGE
         */
        public Builder<I, L> spans(int longest, double negatives, String... none) {
            this.spans = new DeclaredSpans(List.of(none), longest, negatives);
            return this;
        }

        /** What becomes of label words of several tokens. */
        public Builder<I, L> multiTokenWords(MultiTokenWords choice) {
            labels.multiTokenWords(choice);
            return this;
        }

        /** How scores are calibrated. */
        public Builder<I, L> calibration(Calibration choice) {
            labels.calibration(choice);
            return this;
        }

        /** Method, backbone and options. */
        public Builder<I, L> tuning(TaskTuning options) {
            labels.tuning(options);
            return this;
        }

        /** The declaration. */
        public ExtractionTask<I, L> build() {
            return new ExtractionTask<>(labels.build(), spans);
        }
    }
}
