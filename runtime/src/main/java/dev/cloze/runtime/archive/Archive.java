package dev.cloze.runtime.archive;

import dev.cloze.annotations.Precision;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SavedProduct;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An open saved pipeline.
 *
 * @param manifest what it is
 * @param tuned the tensors that were tuned, by name
 * @param texts lists of texts that belong to them, by name
 */
public record Archive(Manifest manifest, Checkpoint tuned, Map<String, List<String>> texts) implements AutoCloseable {

    /**
     * Refuses what was saved of another kind of task.
     *
     * @param folder where it is, for the message
     * @throws ClozeException ARCHIVE_MISMATCH
     */
    public void requireKind(Path folder, TaskKind present) {
        if (manifest.task().kind() != present) {
            refuse(
                    folder,
                    List.of("kind of task: saved with a task that "
                            + manifest.task().kind().described() + ", now one that " + present.described()));
        }
    }

    /**
     * Refuses what was saved of a task with other annotations, as far as that shows without a model.
     *
     * @param folder where it is, for the message
     * @param declared the templates of the task now, with the words of its labels where it has labels
     * @throws ClozeException ARCHIVE_MISMATCH
     */
    public void requireDeclared(Path folder, List<? extends DeclaredTemplate<?>> declared) {
        List<?> labels = declared.stream()
                .flatMap(template -> template.words().keySet().stream())
                .distinct()
                .toList();
        List<String> differences = new DeclaredComparison(manifest.named(labels), declared).differences();
        if (!differences.isEmpty()) {
            refuse(folder, differences);
        }
    }

    /** The same with the names of these labels where constants have been saved by their texts, as earlier versions did. */
    public Archive named(List<?> labels) {
        return new Archive(manifest.named(labels), tuned, texts);
    }

    /**
     * The method that made it, which reads it too.
     *
     * @param folder where it is, for the message
     * @throws ClozeException ARCHIVE_UNREADABLE where this version has no such method
     */
    public TuningMethod method(Path folder) {
        return constant(folder, "was tuned by", TuningMethod.class, manifest.method());
    }

    /**
     * What the task says of tuning, with the method that made this, and the precision it was trained in where the task asks for none.
     *
     * @param folder where it is, for the message
     * @throws ClozeException ARCHIVE_UNREADABLE where this version has no such method or precision
     */
    public TaskTuning tuning(Path folder, TaskTuning declared) {
        TaskTuning tuning = declared.withMethod(method(folder));
        String trained = manifest.training().hyperParameters().get(TuningOptions.PRECISION.name());
        return trained == null || tuning.precision().isPresent()
                ? tuning
                : tuning.withPrecision(constant(folder, "was trained in", Precision.class, trained));
    }

    /**
     * One of an enum's constants that the manifest names.
     *
     * @param folder where it is, for the message
     * @param does what the pipeline does by it, in the words of "it ... NAME"
     * @throws ClozeException ARCHIVE_UNREADABLE where this version has no such constant
     */
    public static <E extends Enum<E>> E constant(Path folder, String does, Class<E> type, String name) {
        E[] constants = type.getEnumConstants();
        return Arrays.stream(constants)
                .filter(constant -> constant.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new ClozeException(
                        Problem.ARCHIVE_UNREADABLE,
                        "The saved pipeline " + folder + " cannot be opened: it " + does + " " + name
                                + ", which this version doesn't know.\n  It knows: "
                                + Arrays.stream(constants).map(Enum::name).collect(Collectors.joining(", ")) + "."));
    }

    /** The templates it was tuned with, of all that the task has: they may be fewer. */
    public List<ProductIdentity.Template> templates() {
        return manifest.product().templates();
    }

    /**
     * The same, in the same order, of templates as the task declares them now; all of these where one is gone, which is then told as
     * the difference that it is.
     */
    public List<String> tunedWith(List<String> declared) {
        return tunedWith(declared, text -> text, text -> List.of());
    }

    /** The same of templates that have words; of several with one text, that with the same words comes first. */
    public <L> List<DeclaredTemplate<L>> tunedWithDeclared(List<DeclaredTemplate<L>> declared) {
        return tunedWith(
                declared,
                DeclaredTemplate::text,
                template -> List.copyOf(template.words().values()));
    }

    private <T> List<T> tunedWith(List<T> declared, Function<T, String> text, Function<T, List<List<String>>> words) {
        List<T> left = new ArrayList<>(declared);
        List<T> used = new ArrayList<>();
        for (ProductIdentity.Template saved : templates()) {
            List<T> alike = left.stream()
                    .filter(one -> text.apply(one).equals(saved.text()))
                    .toList();
            if (alike.isEmpty()) {
                return declared;
            }
            T same = alike.stream()
                    .filter(one -> words.apply(one).equals(words(saved)))
                    .findFirst()
                    .orElse(alike.get(0));
            used.add(same);
            left.remove(same);
        }
        return used.isEmpty() ? declared : used;
    }

    private static List<List<String>> words(ProductIdentity.Template saved) {
        return saved.labels().stream()
                .map(label ->
                        label.words().stream().map(ProductIdentity.Word::text).toList())
                .toList();
    }

    /**
     * What its method reads, and checks against what it finds now.
     *
     * @param folder where it is, for the message
     * @param task as it is declared now
     */
    public SavedProduct product(Path folder, Manifest.Task task) {
        return new SavedProduct(tuned, texts, manifest.product().settings(), folder.toString(), present -> {
            List<String> differences = manifest.differences(
                    new Manifest(Manifest.FORMAT_VERSION, "", task, manifest.method(), present, manifest.training()));
            if (!differences.isEmpty()) {
                refuse(folder, differences);
            }
        });
    }

    private static void refuse(Path folder, List<String> differences) {
        throw new ClozeException(
                Problem.ARCHIVE_MISMATCH,
                "The pipeline saved in " + folder + " was made for another task or model.\n  "
                        + String.join("\n  ", differences)
                        + "\n  Bring back what it was saved with, or train and save anew.");
    }

    /** Closes the file of tensors. */
    @Override
    public void close() {
        tuned.close();
    }
}
