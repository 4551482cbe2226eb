package dev.cloze.cli.task;

import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.method.MethodAnnotations;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.annotations.option.Option;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.spi.DefaultBackbone;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The task that a saved pipeline was made for, as it says itself. */
public final class SavedTask {

    private SavedTask() {}

    /** Reads one that chooses labels from a pipeline's folder. */
    static SpokenTask of(Path folder) {
        return of(folder, TaskKind.CLASSIFICATION);
    }

    /** What kind of task a pipeline was saved of. */
    public static TaskKind kind(Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            return archive.manifest().task().kind();
        }
    }

    /** Reads one of this kind from a pipeline's folder. */
    public static SpokenTask of(Path folder, TaskKind kind) {
        try (Archive archive = ArchiveReader.open(folder)) {
            archive.requireKind(folder, kind);
            Manifest manifest = archive.manifest();
            ProductIdentity product = manifest.product();
            TuningMethod method = archive.method(folder);
            List<Map<String, List<String>>> words =
                    product.templates().stream().map(SavedTask::labels).toList();
            return new SpokenTask(
                    product.templates().stream()
                            .map(ProductIdentity.Template::text)
                            .toList(),
                    words.get(0),
                    product.models().isEmpty()
                            ? DefaultBackbone.name()
                            : product.models().get(0).name(),
                    method,
                    kind == TaskKind.TEXT
                            ? MultiTokenWords.JOINT
                            : Archive.constant(
                                    folder,
                                    "reads words of several tokens by",
                                    MultiTokenWords.class,
                                    manifest.task().multiTokenWords()),
                    kind == TaskKind.TEXT
                            ? Calibration.NONE
                            : Archive.constant(
                                    folder,
                                    "is calibrated by",
                                    Calibration.class,
                                    manifest.task().calibration()),
                    settings(method, manifest),
                    words);
        }
    }

    /** What a method had to know beside the task, by name, such as the ends of a scale. */
    static Map<String, String> productSettings(Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            return archive.manifest().product().settings();
        }
    }

    private static Map<String, List<String>> labels(ProductIdentity.Template template) {
        Map<String, List<String>> labels = new LinkedHashMap<>();
        template.labels()
                .forEach(label -> labels.put(
                        label.name(),
                        label.words().stream().map(ProductIdentity.Word::text).toList()));
        return labels;
    }

    /** What it was tuned with, as far as a task can say it; the rest is of the training alone. */
    private static Map<String, String> settings(TuningMethod method, Manifest manifest) {
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> trained = manifest.training().hyperParameters();
        for (Option<?> option : MethodAnnotations.writable(method)) {
            String value = trained.get(option.name());
            boolean usual = option.usual().map(Object::toString).equals(Optional.ofNullable(value));
            if (value != null && !usual) {
                settings.put(option.name(), value);
            }
        }
        if (manifest.task().maxLength() > 0) {
            settings.put("maxLength", Integer.toString(manifest.task().maxLength()));
        }
        return settings;
    }
}
