package dev.cloze.runtime.adapter;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.checkpoint.file.JsonFile;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The virtual tokens of a pipeline that was saved, whatever its task. */
final class SavedPrompt {

    private static final String MANIFEST = "manifest.json";
    private static final String TUNED = "tuned.safetensors";

    private SavedPrompt() {}

    /** Whether a folder looks like a saved pipeline. */
    static boolean isThere(Path folder) {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }

    /** {@code ADAPTER_UNREADABLE} where it is damaged, or holds something else than virtual tokens. */
    static Adapter read(Path folder) {
        Path tuned = folder.resolve(TUNED);
        JsonObject model;
        try {
            JsonObject manifest = JsonFile.read(folder.resolve(MANIFEST)).getAsJsonObject();
            model = manifest.getAsJsonObject("product")
                    .getAsJsonArray("models")
                    .get(0)
                    .getAsJsonObject();
            if (!FileHash.sha256(tuned).equals(text(manifest, "tunedSha256"))) {
                throw unreadable(folder, "its " + TUNED + " is not the one that was saved with its manifest");
            }
        } catch (IOException
                | JsonParseException
                | IllegalStateException
                | NullPointerException
                | IndexOutOfBoundsException e) {
            throw new ClozeException(
                    Problem.ADAPTER_UNREADABLE, details(folder, "its " + MANIFEST + " is not as Cloze writes it"), e);
        }
        try (Checkpoint checkpoint = Checkpoint.openFile(tuned)) {
            if (!checkpoint.names().equals(Set.of(Adapter.VECTORS)) || checkpoint.shape(Adapter.VECTORS).length != 2) {
                throw unreadable(
                        folder,
                        "it holds " + checkpoint.names() + ", and virtual tokens are " + Adapter.VECTORS + " alone");
            }
            long[] shape = checkpoint.shape(Adapter.VECTORS);
            Tensor vectors = AdapterReader.tensor(folder, checkpoint, Adapter.VECTORS, shape);
            PeftConfig config =
                    PeftConfig.ofArray((int) shape[0], (int) shape[1]).withBase(text(model, "name"));
            return new Adapter(folder, config, vectors, text(model, "weightsHash"));
        }
    }

    private static String text(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value == null ? "" : value.getAsString();
    }

    private static ClozeException unreadable(Path folder, String why) {
        return new ClozeException(Problem.ADAPTER_UNREADABLE, details(folder, why));
    }

    private static String details(Path folder, String why) {
        return "No virtual tokens can be read from the saved pipeline " + folder + ": " + why
                + ".\n"
                + "  Name the folder that save was given by a pipeline of PROMPT_TUNING, or of P_TUNING on a frozen"
                + " model.";
    }
}
