package dev.cloze.runtime.text;

import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.archive.Manifest.Training;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.TextTask;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a session to a folder and reads it back, against the very task and model it was made for. */
public final class TextArchive {

    private TextArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(TextSession<?> session, Path folder) {
        save(session.model(), session.compiled(), session.tuned(), session.training(), folder);
    }

    /** Writes tuned weights that have no session yet. */
    static void save(
            LanguageModel model,
            CompiledTextTask<?> compiled,
            @Nullable TextBackbone tuned,
            Training training,
            Path folder) {
        ArchiveWriter.write(folder, manifest(compiled, model, training), tuned == null ? Map.of() : tuned.tensors());
    }

    /** Opens what was saved; the caller closes the session. */
    public static <I> TextSession<I> load(TextTask<I> task, Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            LanguageModel model = LanguageModel.open(task.tuning().backbone());
            try {
                CompiledTextTask<I> compiled = CompiledTextTask.of(task, model);
                Training training = archive.manifest().training();
                archive.requireFit(folder, manifest(compiled, model, training));
                return new TextSession<>(model, compiled, tuned(archive, model, folder), training);
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
        }
    }

    private static @Nullable TextBackbone tuned(Archive archive, LanguageModel model, Path folder) {
        return archive.tuned().names().isEmpty()
                ? null
                : model.textBackbone().withWeights(archive.tuned(), folder.toString());
    }

    private static Manifest manifest(CompiledTextTask<?> compiled, LanguageModel model, Training training) {
        TextTask<?> task = compiled.task();
        return Manifest.of(
                Manifest.Task.ofText(
                        task.name(), task.template(), task.tuning().method().name(), compiled.maxLength()),
                model.inManifest(),
                training);
    }
}
