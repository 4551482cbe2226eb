package dev.cloze.runtime.text;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.archive.AdapterExport;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.spi.TextTask;
import dev.cloze.runtime.tuning.AdapterStrategy;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.TextProduct;
import dev.cloze.runtime.tuning.WritingTask;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Writes a session to a folder and reads it back, against the very task and model it was made for. */
public final class TextArchive {

    private TextArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(TextSession<?> session, Path folder) {
        ArchiveWriter.save(
                folder,
                Manifest.Task.ofText(
                        session.task().name(), session.task().tuning().maxLength()),
                session.task().tuning().method(),
                session.product(),
                session.training(),
                UnaryOperator.identity());
    }

    /**
     * Opens what was saved, by the method that made it, or an adapter of another tool's, by the method that reads it; the
     * caller closes the session.
     */
    public static <I> TextSession<I> load(TextTask<I> task, Path folder) {
        return AdapterReader.isAdapter(folder) ? load(task, AdapterReader.read(folder)) : loadSaved(task, folder);
    }

    /** Opens an adapter; the caller closes the session. */
    public static <I> TextSession<I> load(TextTask<I> task, Adapter adapter) {
        AdapterStrategy strategy = Strategies.ofAdapters(adapter.config().type());
        TextTask<I> asTuned = task.withTuning(task.tuning().withMethod(strategy.method()));
        TextProduct product = Strategies.text(strategy.method()).read(WritingTask.of(asTuned), strategy.saved(adapter));
        return new TextSession<>(asTuned, product, AdapterExport.record(adapter));
    }

    private static <I> TextSession<I> loadSaved(TextTask<I> task, Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            archive.requireKind(folder, TaskKind.TEXT);
            TextTask<I> asTuned = task.withTuning(archive.tuning(folder, task.tuning()));
            TextProduct product = Strategies.text(asTuned.tuning().method())
                    .read(
                            WritingTask.of(asTuned),
                            archive.product(
                                    folder,
                                    Manifest.Task.ofText(
                                            task.name(), task.tuning().maxLength())));
            return new TextSession<>(asTuned, product, archive.manifest().training());
        }
    }
}
