package dev.cloze.runtime.classification;

import dev.cloze.runtime.archive.Archive;
import dev.cloze.runtime.archive.ArchiveReader;
import dev.cloze.runtime.archive.ArchiveWriter;
import dev.cloze.runtime.archive.Manifest;
import dev.cloze.runtime.archive.Manifest.Label;
import dev.cloze.runtime.archive.Manifest.Training;
import dev.cloze.runtime.archive.Manifest.Word;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.checkpoint.Tensor;
import dev.cloze.runtime.model.LanguageModel;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.verbalizer.CompiledVerbalizer;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes a session to a folder and reads it back, against the very task and model it was made for. */
public final class ClassifierArchive {

    private ClassifierArchive() {}

    /** Writes what was tuned; nothing but the manifest where nothing was. */
    public static void save(Session<?, ?> session, Path folder) {
        save(session, folder, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk. */
    public static void save(Session<?, ?> session, Path folder, UnaryOperator<OutputStream> disk) {
        save(session.model(), session.compiled(), session.tuned(), session.training(), folder, disk);
    }

    /** Writes tuned weights that have no session yet. */
    static void save(
            LanguageModel model,
            CompiledTask<?, ?> compiled,
            @Nullable Backbone tuned,
            Training training,
            Path folder) {
        save(model, compiled, tuned, training, folder, UnaryOperator.identity());
    }

    private static void save(
            LanguageModel model,
            CompiledTask<?, ?> compiled,
            @Nullable Backbone tuned,
            Training training,
            Path folder,
            UnaryOperator<OutputStream> disk) {
        Map<String, Tensor> tensors = tuned == null ? Map.of() : tuned.tensors();
        ArchiveWriter.write(folder, manifest(compiled, model, training), tensors, disk);
    }

    /** Opens what was saved; the caller closes the session. */
    public static <I, L> Session<I, L> load(ClassificationTask<I, L> task, Path folder) {
        try (Archive archive = ArchiveReader.open(folder)) {
            LanguageModel model = LanguageModel.open(task.tuning().backbone());
            try {
                CompiledTask<I, L> compiled = CompiledTask.of(task, model);
                Training training = archive.manifest().training();
                archive.requireFit(folder, manifest(compiled, model, training));
                return new Session<>(model, compiled, tuned(archive, model, folder), training);
            } catch (RuntimeException | Error e) {
                model.close();
                throw e;
            }
        }
    }

    private static @Nullable Backbone tuned(Archive archive, LanguageModel model, Path folder) {
        return archive.tuned().names().isEmpty()
                ? null
                : model.backbone().withWeights(archive.tuned(), folder.toString());
    }

    private static Manifest manifest(CompiledTask<?, ?> compiled, LanguageModel model, Training training) {
        ClassificationTask<?, ?> task = compiled.task();
        return Manifest.of(
                new Manifest.Task(
                        task.name(),
                        task.template(),
                        labels(compiled.verbalizer()),
                        task.multiTokenWords().name(),
                        task.calibration().name(),
                        task.tuning().compat().name(),
                        task.tuning().method().name(),
                        compiled.template().maxLength()),
                model.inManifest(),
                training);
    }

    private static List<Label> labels(CompiledVerbalizer<?> verbalizer) {
        List<Label> labels = new ArrayList<>();
        for (int i = 0; i < verbalizer.labels().size(); i++) {
            int index = i;
            List<Word> words = verbalizer.words().stream()
                    .filter(word -> word.label() == index)
                    .map(word -> new Word(
                            word.text(), Arrays.stream(word.tokens()).boxed().toList()))
                    .toList();
            labels.add(new Label(String.valueOf(verbalizer.labels().get(i)), words));
        }
        return labels;
    }
}
