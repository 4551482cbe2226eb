package dev.cloze.runtime.extraction;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.spi.DeclaredTemplate;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.SpanProduct;
import dev.cloze.runtime.tuning.SpanTask;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a session to a folder and reads it back, against the very task and models it was made for. */
public final class ExtractionArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ExtractionArchive.class);

    private ExtractionArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(ExtractionSession<?, ?> session, Path folder) {
        save(session, folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk. */
    public static void save(ExtractionSession<?, ?> session, Path folder, UnaryOperator<OutputStream> disk) {
        Manifest manifest = Manifest.of(
                task(session.task()),
                session.task().tuning().method(),
                session.product().identity(),
                session.training());
        ArchiveWriter.write(
                folder, manifest, session.product().tensors(), session.product().texts(), disk);
        session.product().remark().ifPresent(remark -> LOG.warn("{}: {}", folder, remark));
    }

    /** Opens what was saved, by the method that made it; the caller closes the session. */
    public static <I, L> ExtractionSession<I, L> load(ExtractionTask<I, L> task, Path folder) {
        try (Archive archive = ArchiveReader.open(folder)
                .named(List.copyOf(task.labels().labels().keySet()))) {
            archive.requireKind(folder, TaskKind.EXTRACTION);
            ExtractionTask<I, L> asTuned =
                    withTemplates(archive, task).withTuning(archive.tuning(folder, task.tuning()));
            SpanProduct product = ExtractionSession.strategyOf(asTuned)
                    .read(SpanTask.of(asTuned), archive.product(folder, task(asTuned)));
            return new ExtractionSession<>(asTuned, product, archive.manifest().training());
        }
    }

    /** Those it was tuned with; all of them where one is gone, which is then told as the difference that it is. */
    private static <I, L> ExtractionTask<I, L> withTemplates(Archive archive, ExtractionTask<I, L> task) {
        List<String> saved =
                archive.templates().stream().map(ProductIdentity.Template::text).toList();
        List<DeclaredTemplate<L>> used = task.templates().stream()
                .filter(template -> saved.contains(template.text()))
                .toList();
        boolean isPart = !used.isEmpty() && used.size() == saved.size();
        return isPart ? task.withTemplates(used) : task;
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
