package dev.cloze.runtime.backbone;

import com.google.gson.JsonObject;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.nio.file.Path;

/** Asks of checkpoints whether their heads are their own, in a process whose heap holds no such matrix. */
public final class TiedHeadRuns {

    private TiedHeadRuns() {}

    /**
     * Prints what came of each.
     *
     * @param files the checkpoints of a Qwen3
     */
    public static void main(String[] files) {
        JsonObject config = new JsonObject();
        config.addProperty("model_type", "qwen3");
        BackboneFamily family = BackboneFamilies.of("tiny", config);
        for (String file : files) {
            try (Checkpoint checkpoint = Checkpoint.openFile(Path.of(file));
                    WeightsReader reader = new WeightsReader(checkpoint, family, "tiny")) {
                System.out.println(Path.of(file).getFileName() + ": "
                        + (TiedHead.isOwn(reader, "model.embed_tokens.weight", "lm_head.weight") ? "own" : "tied"));
            }
        }
    }
}
