package dev.cloze.runtime.archive;

import dev.cloze.annotations.Compat;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.ProductIdentity;
import java.util.List;
import java.util.Objects;

/**
 * What a saved pipeline is: its task, the method that made it, the models it needs, and how it was tuned.
 *
 * @param formatVersion the version of the folder's layout
 * @param frameworkVersion the version of Cloze that wrote it
 * @param task what is asked, as its annotations say it
 * @param method the tuning method
 * @param product templates, words and models
 * @param training how it was tuned and how good it was
 */
public record Manifest(
        int formatVersion,
        String frameworkVersion,
        Task task,
        String method,
        ProductIdentity product,
        TrainingRecord training) {

    /** The layout that is written; older ones are read, see {@link OlderManifest}. */
    public static final int FORMAT_VERSION = 2;

    /** Refuses a part that is missing. */
    public Manifest {
        Objects.requireNonNull(frameworkVersion, "frameworkVersion");
        Objects.requireNonNull(task, "task");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(product, "product");
        Objects.requireNonNull(training, "training");
    }

    /** A manifest in the present layout, by the present version of Cloze. */
    public static Manifest of(Task task, TuningMethod method, ProductIdentity product, TrainingRecord training) {
        return new Manifest(FORMAT_VERSION, version(), task, method.name(), product, training);
    }

    /**
     * What makes the saved pipeline unfit for the present one, a line each; none if it fits. The name of the task
     * class, the order of its labels and the course of training may differ.
     */
    public List<String> differences(Manifest present) {
        return new ManifestComparison(this, present).differences();
    }

    /** The same with the names of these labels where constants have been saved by their texts, as earlier versions did. */
    Manifest named(List<?> labels) {
        return new Manifest(formatVersion, frameworkVersion, task, method, product.named(labels), training);
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
     * @param multiTokenWords what becomes of words of several tokens
     * @param calibration how scores are calibrated
     * @param compat whom the calibration follows, the paper or its code
     * @param maxLength tokens of an input at most, virtual ones included, as the task says; 0 where it doesn't
     */
    public record Task(
            TaskKind kind, String name, String multiTokenWords, String calibration, String compat, int maxLength) {

        /** Refuses a part that is missing; what older manifests lack is what there was then: classifications, by the paper. */
        @SuppressWarnings("ConstantValue") // it is read from a file
        public Task {
            kind = kind == null ? TaskKind.CLASSIFICATION : kind;
            Objects.requireNonNull(name, "task.name");
            Objects.requireNonNull(multiTokenWords, "task.multiTokenWords");
            Objects.requireNonNull(calibration, "task.calibration");
            compat = compat == null ? Compat.PAPER.name() : compat;
        }

        /** A generation, which has no labels and nothing that belongs to them. */
        public static Task ofText(String name, int maxLength) {
            return new Task(TaskKind.TEXT, name, "", "", "", maxLength);
        }
    }
}
