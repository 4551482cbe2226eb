package dev.cloze.runtime.regression;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.ValueProduct;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Writes a session to a folder and reads it back, against the very task and models it was made for. */
public final class RegressionArchive {

    private RegressionArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(RegressionSession<?> session, Path folder) {
        save(session, folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk. */
    public static void save(RegressionSession<?> session, Path folder, UnaryOperator<OutputStream> disk) {
        ArchiveWriter.save(
                folder,
                task(session.task()),
                session.task().tuning().method(),
                session.product(),
                session.training(),
                disk);
    }

    /** Opens what was saved, by the method that made it; the caller closes the session. */
    public static <I> RegressionSession<I> load(RegressionTask<I> task, Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            archive.requireKind(folder, TaskKind.REGRESSION);
            RegressionTask<I> asTuned = task.withTemplates(archive.tunedWith(task.templates()))
                    .withTuning(archive.tuning(folder, task.tuning()));
            ValueProduct product = RegressionSession.strategyOf(asTuned)
                    .read(ScaleTask.of(asTuned), archive.product(folder, task(asTuned)));
            return new RegressionSession<>(asTuned, product, archive.manifest().training());
        }
    }

    private static Manifest.Task task(RegressionTask<?> task) {
        return new Manifest.Task(
                TaskKind.REGRESSION,
                task.name(),
                task.multiTokenWords().name(),
                task.calibration().name(),
                task.tuning().compat().name(),
                task.tuning().maxLength());
    }
}
