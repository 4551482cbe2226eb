package dev.cloze.runtime.cloze;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.archive.AdapterExport;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.tuning.AdapterStrategy;
import dev.cloze.runtime.tuning.Strategies;
import dev.cloze.runtime.tuning.WordProduct;
import dev.cloze.runtime.tuning.WordTask;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Writes a session to a folder and reads it back, against the very task and models it was made for. */
public final class ClozeArchive {

    private ClozeArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(ClozeSession<?> session, Path folder) {
        save(session, folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk. */
    public static void save(ClozeSession<?> session, Path folder, UnaryOperator<OutputStream> disk) {
        ArchiveWriter.save(
                folder,
                task(session.task()),
                session.task().tuning().method(),
                session.product(),
                session.training(),
                disk);
    }

    /**
     * Opens what was saved, by the method that made it, or an adapter of another tool's, by the method that reads it; the
     * caller closes the session.
     */
    public static <I> ClozeSession<I> load(ClozeTask<I> task, Path folder) {
        return AdapterReader.isAdapter(folder) ? load(task, AdapterReader.read(folder)) : loadSaved(task, folder);
    }

    private static <I> ClozeSession<I> load(ClozeTask<I> task, Adapter adapter) {
        AdapterStrategy strategy = Strategies.ofAdapters(adapter.config().type());
        ClozeTask<I> asTuned = task.withTuning(task.tuning().withMethod(strategy.method()));
        WordProduct product = ClozeSession.strategyOf(asTuned).read(WordTask.of(asTuned), strategy.saved(adapter));
        return new ClozeSession<>(asTuned, product, AdapterExport.record(adapter));
    }

    private static <I> ClozeSession<I> loadSaved(ClozeTask<I> task, Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            archive.requireKind(folder, TaskKind.CLOZE);
            ClozeTask<I> asTuned = task.withTemplates(archive.tunedWith(task.templates()))
                    .withTuning(archive.tuning(folder, task.tuning()));
            WordProduct product =
                    ClozeSession.strategyOf(asTuned).read(WordTask.of(asTuned), archive.product(folder, task(asTuned)));
            return new ClozeSession<>(asTuned, product, archive.manifest().training());
        }
    }

    private static Manifest.Task task(ClozeTask<?> task) {
        return new Manifest.Task(
                TaskKind.CLOZE,
                task.name(),
                task.multiTokenWords().name(),
                task.calibration().name(),
                task.tuning().compat().name(),
                task.tuning().maxLength());
    }
}
