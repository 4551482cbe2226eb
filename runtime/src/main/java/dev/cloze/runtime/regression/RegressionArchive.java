package dev.cloze.runtime.regression;

import dev.cloze.annotations.method.TaskKind;
import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.tuning.ProductIdentity;
import dev.cloze.runtime.tuning.ScaleTask;
import dev.cloze.runtime.tuning.ValueProduct;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a session to a folder and reads it back, against the very task and models it was made for. */
public final class RegressionArchive {

    private static final Logger LOG = LoggerFactory.getLogger(RegressionArchive.class);

    private RegressionArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(RegressionSession<?> session, Path folder) {
        save(session, folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk. */
    public static void save(RegressionSession<?> session, Path folder, UnaryOperator<OutputStream> disk) {
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
    public static <I> RegressionSession<I> load(RegressionTask<I> task, Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            archive.requireKind(folder, TaskKind.REGRESSION);
            RegressionTask<I> asTuned = withTemplates(archive, task).withTuning(archive.tuning(folder, task.tuning()));
            ValueProduct product = RegressionSession.strategyOf(asTuned)
                    .read(ScaleTask.of(asTuned), archive.product(folder, task(asTuned)));
            return new RegressionSession<>(asTuned, product, archive.manifest().training());
        }
    }

    /** Those it was tuned with; all of them where one is gone, which is then told as the difference that it is. */
    private static <I> RegressionTask<I> withTemplates(Archive archive, RegressionTask<I> task) {
        List<String> used = archive.templates().stream()
                .map(ProductIdentity.Template::text)
                .filter(task.templates()::contains)
                .toList();
        boolean isPart = !used.isEmpty() && used.size() == archive.templates().size();
        return isPart ? task.withTemplates(used) : task;
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
