package dev.cloze.runtime.archive;

import dev.cloze.annotations.Compat;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a saved pipeline is: its task, the model it was tuned on, and how it was tuned.
 *
 * @param formatVersion the version of the folder's layout
 * @param frameworkVersion the version of Cloze that wrote it
 * @param task what is predicted, and by which words
 * @param backbone the model that was tuned
 * @param training how it was tuned and how good it was
 */
public record Manifest(int formatVersion, String frameworkVersion, Task task, Backbone backbone, Training training) {

    /** The layout that is written; older ones are read. */
    public static final int FORMAT_VERSION = 1;

    /** Refuses a part that is missing. */
    public Manifest {
        Objects.requireNonNull(frameworkVersion, "frameworkVersion");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(backbone, "backbone");
        Objects.requireNonNull(training, "training");
    }

    /** A manifest in the present layout, by the present version of Cloze. */
    public static Manifest of(Task task, Backbone backbone, Training training) {
        return new Manifest(FORMAT_VERSION, version(), task, backbone, training);
    }

    /**
     * What makes the saved pipeline unfit for the present one, a line each; none if it fits. The name of the task
     * class, the order of its labels and the course of training may differ.
     */
    public List<String> differences(Manifest present) {
        return new ManifestComparison(this, present).differences();
    }

    private static String version() {
        String version = Manifest.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /**
     * The task as its annotations say it.
     *
     * @param kind what is asked of the model
     * @param name the task class's full name
     * @param template the template text
     * @param labels the labels in the order of the enum, none where text is written
     * @param multiTokenWords what becomes of words of several tokens
     * @param calibration how scores are calibrated
     * @param compat whom the calibration follows, the paper or its code
     * @param method the tuning method
     * @param maxLength tokens of an input at most
     */
    public record Task(
            Kind kind,
            String name,
            String template,
            List<Label> labels,
            String multiTokenWords,
            String calibration,
            String compat,
            String method,
            int maxLength) {

        /** Refuses a part that is missing; what older manifests lack is what there was then: classifications, by the paper. */
        @SuppressWarnings("ConstantValue") // it is read from a file
        public Task {
            kind = kind == null ? Kind.CLASSIFICATION : kind;
            Objects.requireNonNull(name, "task.name");
            Objects.requireNonNull(template, "task.template");
            labels = List.copyOf(Objects.requireNonNull(labels, "task.labels"));
            Objects.requireNonNull(multiTokenWords, "task.multiTokenWords");
            Objects.requireNonNull(calibration, "task.calibration");
            compat = compat == null ? Compat.PAPER.name() : compat;
            Objects.requireNonNull(method, "task.method");
        }

        /** A classification. */
        public Task(
                String name,
                String template,
                List<Label> labels,
                String multiTokenWords,
                String calibration,
                String compat,
                String method,
                int maxLength) {
            this(Kind.CLASSIFICATION, name, template, labels, multiTokenWords, calibration, compat, method, maxLength);
        }

        /** A generation, which has no labels and nothing that belongs to them. */
        public static Task ofText(String name, String template, String method, int maxLength) {
            return new Task(Kind.TEXT, name, template, List.of(), "", "", "", method, maxLength);
        }
    }

    /** What a task asks of a model. */
    public enum Kind {
        /** The label whose words fit best at the mask. */
        CLASSIFICATION,
        /** A text. */
        TEXT
    }

    /**
     * A label.
     *
     * @param name the enum constant
     * @param words its label words
     */
    public record Label(String name, List<Word> words) {

        /** Refuses a part that is missing. */
        public Label {
            Objects.requireNonNull(name, "task.labels.name");
            words = List.copyOf(Objects.requireNonNull(words, "task.labels.words"));
        }
    }

    /**
     * A label word.
     *
     * @param text as written
     * @param tokenIds the model's tokens for it
     */
    public record Word(String text, List<Integer> tokenIds) {

        /** Refuses a part that is missing. */
        public Word {
            Objects.requireNonNull(text, "task.labels.words.text");
            tokenIds = List.copyOf(Objects.requireNonNull(tokenIds, "task.labels.words.tokenIds"));
        }
    }

    /**
     * The model that was tuned.
     *
     * @param name what it was asked for by
     * @param weightsHash the SHA-256 of its weights before tuning
     * @param tokenizerHash the SHA-256 of its tokenizer
     */
    public record Backbone(String name, String weightsHash, String tokenizerHash) {

        /** Refuses a part that is missing. */
        public Backbone {
            Objects.requireNonNull(name, "backbone.name");
            Objects.requireNonNull(weightsHash, "backbone.weightsHash");
            Objects.requireNonNull(tokenizerHash, "backbone.tokenizerHash");
        }
    }

    /**
     * How it was tuned.
     *
     * @param seed what all random choices came from
     * @param hyperParameters the options by name
     * @param dataHash the SHA-256 of the training examples
     * @param metrics what was measured, by name; what is no finite number is left out
     */
    public record Training(
            long seed, Map<String, String> hyperParameters, String dataHash, Map<String, Double> metrics) {

        /** Refuses a part that is missing. */
        public Training {
            hyperParameters = Collections.unmodifiableMap(
                    new TreeMap<>(Objects.requireNonNull(hyperParameters, "training.hyperParameters")));
            Objects.requireNonNull(dataHash, "training.dataHash");
            // JSON knows no NaN, and a metric without a value must not cost the whole save.
            Map<String, Double> finite = new TreeMap<>(Objects.requireNonNull(metrics, "training.metrics"));
            finite.values().removeIf(value -> !Double.isFinite(value));
            metrics = Collections.unmodifiableMap(finite);
        }
    }
}
