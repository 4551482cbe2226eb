package dev.cloze.runtime.tuning.ensemble;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.Product;
import dev.cloze.runtime.tuning.SavedProduct;
import dev.cloze.runtime.tuning.TuningResult;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the training of a member leaves on disk beside its weights.
 *
 * @param diverged what was told, or an empty text where it did not diverge
 * @param training how it was tuned; null where it diverged
 */
record SavedMember(
        String diverged,
        @Nullable TrainingRecord training,
        Map<String, String> settings,
        Map<String, List<String>> texts) {

    private static final String DESCRIPTION = "member.json";
    private static final String WEIGHTS = "weights.safetensors";
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    /** Writes what was trained, which stays the caller's. */
    static void write(Path folder, TuningResult<? extends Product> trained) throws IOException {
        Product product = trained.product();
        SafetensorsWriter.write(folder.resolve(WEIGHTS), product.tensors(), Map.of());
        write(folder, new SavedMember("", trained.training(), product.identity().settings(), product.texts()));
    }

    /** Writes that a training diverged. */
    static void writeDiverged(Path folder, String told) throws IOException {
        write(folder, new SavedMember(told, null, Map.of(), Map.of()));
    }

    private static void write(Path folder, SavedMember member) throws IOException {
        Files.writeString(folder.resolve(DESCRIPTION), GSON.toJson(member));
    }

    /** What is said of it. */
    static SavedMember read(FinishedStep step) {
        Path file = step.file(DESCRIPTION);
        try {
            return GSON.fromJson(Files.readString(file), SavedMember.class);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.TRAINING_CHECKPOINT, "What the training put on disk cannot be read: " + file + ".", e);
        }
    }

    /** The product that was trained, in memory again. */
    <P extends Product> P open(FinishedStep step, Function<SavedProduct, P> reader) {
        Path file = step.file(WEIGHTS);
        try (Checkpoint weights = Checkpoint.openFile(file)) {
            // What it was made for is what the step is known by.
            return reader.apply(new SavedProduct(weights, texts, settings, file.toString(), identity -> {}));
        }
    }
}
