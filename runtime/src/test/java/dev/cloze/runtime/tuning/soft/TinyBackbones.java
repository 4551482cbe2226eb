package dev.cloze.runtime.tuning.soft;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** The tiny random checkpoints of the parity fixtures, of every kind of backbone. */
public final class TinyBackbones {

    public static final List<String> ENCODERS = List.of("parity/bert-tied", "parity/roberta", "parity/albert");
    public static final List<String> WRITERS = List.of("parity-decoder/gpt2", "parity-decoder/llama3", "parity-t5/t5");

    private TinyBackbones() {}

    public static Path folder(String name) {
        try {
            return Path.of(Objects.requireNonNull(TinyBackbones.class.getResource("/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Backbone load(String name) throws IOException {
        Path folder = folder(name);
        JsonObject config = JsonParser.parseString(Files.readString(folder.resolve("config.json")))
                .getAsJsonObject();
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        }
    }
}
