package dev.cloze.runtime.classification;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.archive.AdapterExport;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.tuning.AdapterStrategy;
import dev.cloze.runtime.tuning.LabelProduct;
import dev.cloze.runtime.tuning.LabelTask;
import dev.cloze.runtime.tuning.Strategies;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes a session to a folder and reads it back, against the very task and models it was made for. */
public final class ClassifierArchive {

    private ClassifierArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(Session<?, ?> session, Path folder) {
        save(session, folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk. */
    public static void save(Session<?, ?> session, Path folder, UnaryOperator<OutputStream> disk) {
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
    public static <I, L> Session<I, L> load(ClassificationTask<I, L> task, Path folder) {
        return AdapterReader.isAdapter(folder) ? load(task, AdapterReader.read(folder)) : loadSaved(task, folder);
    }

    /** Opens an adapter; the caller closes the session. */
    public static <I, L> Session<I, L> load(ClassificationTask<I, L> task, Adapter adapter) {
        AdapterStrategy strategy = Strategies.ofAdapters(adapter.config().type());
        ClassificationTask<I, L> asTuned = task.withTuning(task.tuning().withMethod(strategy.method()));
        LabelProduct product = Session.strategyOf(asTuned).read(LabelTask.of(asTuned), strategy.saved(adapter));
        return new Session<>(asTuned, product, AdapterExport.record(adapter));
    }

    private static <I, L> Session<I, L> loadSaved(ClassificationTask<I, L> task, Path folder) {
        try (Archive archive =
                ArchiveReader.open(folder).named(List.copyOf(task.labels().keySet()))) {
            archive.requireKind(folder, TaskKind.CLASSIFICATION);
            ClassificationTask<I, L> asTuned = task.withTemplates(archive.tunedWithDeclared(task.templates()))
                    .withTuning(archive.tuning(folder, task.tuning()));
            LabelProduct product =
                    Session.strategyOf(asTuned).read(LabelTask.of(asTuned), archive.product(folder, task(asTuned)));
            return new Session<>(asTuned, product, archive.manifest().training());
        }
    }

    private static Manifest.Task task(ClassificationTask<?, ?> task) {
        return new Manifest.Task(
                TaskKind.CLASSIFICATION,
                task.name(),
                task.multiTokenWords().name(),
                task.calibration().name(),
                task.tuning().compat().name(),
                task.tuning().maxLength());
    }
}
