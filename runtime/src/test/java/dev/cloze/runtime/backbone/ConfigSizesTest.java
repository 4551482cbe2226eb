package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.engine.ComputeDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each number of each family's config.json, made absurd: an error with a code, and soon, whatever it is. */
class ConfigSizesTest {

    private static final List<Integer> ABSURD = List.of(1 << 28, (1 << 28) - 1, 1_000_000);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "parity/bert-tied",
                "parity/albert",
                "parity/albert-two-inner",
                "parity/roberta",
                "parity/distilbert",
                "parity-decoder/gpt2",
                "parity-decoder/llama3",
                "parity-decoder/qwen3",
                "parity-t5/mt5-by-5"
            })
    void noSizeTakesMemoryThatTheWeightsDoNot(String model) throws Exception {
        copy(Path.of(ConfigSizesTest.class.getResource("/" + model).toURI()));
        Path config = folder.resolve("config.json");
        JsonObject published = JsonParser.parseString(Files.readString(config)).getAsJsonObject();
        for (Map.Entry<String, JsonElement> entry : published.entrySet()) {
            if (isWhole(entry.getValue())) {
                for (int absurd : ABSURD) {
                    JsonObject changed = published.deepCopy();
                    changed.addProperty(entry.getKey(), absurd);
                    Files.writeString(config, changed.toString());
                    assertRefused(entry.getKey(), absurd, catchThrowable(this::open));
                }
            }
        }
    }

    /** Some numbers mean nothing to the weights, such as a token's id or the length that a decoder may read. */
    private static void assertRefused(String key, int absurd, @Nullable Throwable failure) {
        if (!key.equals("max_window_layers")
                && key.matches(
                        ".*(hidden_layers|_layer|_layers|_size|_heads?|head_dim|d_model|d_ff|d_kv|n_embd|^dim|hidden_dim)")) {
            assertThat(failure)
                    .as("%s = %d", key, absurd)
                    .isInstanceOfSatisfying(ClozeException.class, refused -> assertThat(refused.problem())
                            .as("%s = %d: %s", key, absurd, refused.getMessage())
                            .isIn(Problem.MODEL_CONFIG, Problem.CHECKPOINT_SHAPE, Problem.CHECKPOINT_MISSING_WEIGHT));
        } else if (failure != null) {
            assertThat(failure).as("%s = %d", key, absurd).isInstanceOf(ClozeException.class);
        }
    }

    private void open() {
        BackboneFamilies.load(new ModelFolder("tiny", folder, Origin.FOLDER), ComputeDevice.CPU)
                .close();
    }

    private static boolean isWhole(JsonElement value) {
        return value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isNumber()
                && value.getAsDouble() == Math.rint(value.getAsDouble());
    }

    private void copy(Path model) throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, folder.resolve(file.getFileName().toString()));
            }
        }
    }
}
