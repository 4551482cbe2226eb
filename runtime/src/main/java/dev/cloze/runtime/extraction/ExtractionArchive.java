package dev.cloze.runtime.extraction;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanTask;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes a session to a folder and reads it back, against the very task and models it was made for. */
public final class ExtractionArchive {

    private ExtractionArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(ExtractionSession<?, ?> session, Path folder) {
        save(session, folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk. */
    public static void save(ExtractionSession<?, ?> session, Path folder, UnaryOperator<OutputStream> disk) {
        ArchiveWriter.save(
                folder,
                task(session.task()),
                session.task().tuning().method(),
                session.product(),
                session.training(),
                disk);
    }

    /** Opens what was saved, by the method that made it; the caller closes the session. */
    public static <I, L> ExtractionSession<I, L> load(ExtractionTask<I, L> task, Path folder) {
        try (Archive archive = ArchiveReader.open(folder)
                .named(List.copyOf(task.labels().labels().keySet()))) {
            archive.requireKind(folder, TaskKind.EXTRACTION);
            ExtractionTask<I, L> asTuned = task.withTemplates(archive.tunedWithDeclared(task.templates()))
                    .withTuning(archive.tuning(folder, task.tuning()));
            SpanProduct product = ExtractionSession.strategyOf(asTuned)
                    .read(SpanTask.of(asTuned), archive.product(folder, task(asTuned)));
            return new ExtractionSession<>(asTuned, product, archive.manifest().training());
        }
    }

    private static Manifest.Task task(ExtractionTask<?, ?> task) {
        return new Manifest.Task(
                TaskKind.EXTRACTION,
                task.name(),
                task.labels().multiTokenWords().name(),
                task.labels().calibration().name(),
                task.tuning().compat().name(),
                task.tuning().maxLength());
    }
}
