package dev.cloze.runtime.checkpoint.folder;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Fixtures;
import dev.cloze.runtime.checkpoint.resolution.Models;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {

    @TempDir
    Path root;

    @Test
    void hashesAreThoseOfTheFiles() throws Exception {
        ModelFolder model = new ModelFolder("tiny", Models.write(root), Origin.FOLDER);
        assertThat(model.weightsHash()).isEqualTo(sha256(Files.readAllBytes(root.resolve("model.safetensors"))));
        assertThat(model.tokenizerHash()).isEqualTo(sha256(Files.readAllBytes(root.resolve("tokenizer.json"))));
    }

    @Test
    void shardsHaveOneHashTogether() throws Exception {
        ModelFolder model = new ModelFolder("tiny", Fixtures.path("sharded-safetensors"), Origin.FOLDER);
        StringBuilder lines = new StringBuilder();
        for (String file : new String[] {
            "model.safetensors.index.json", "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"
        }) {
            lines.append(sha256(Files.readAllBytes(model.path().resolve(file))))
                    .append("  ")
                    .append(file)
                    .append('\n');
        }
        assertThat(model.weightsHash()).isEqualTo(sha256(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aChangedFileHasAnotherHash() throws IOException {
        ModelFolder model = new ModelFolder("tiny", Models.write(root), Origin.FOLDER);
        String before = model.tokenizerHash();
        Path file = root.resolve("tokenizer.json");
        Files.writeString(file, "{\"version\": \"2.0\"}");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        assertThat(model.tokenizerHash()).isNotEqualTo(before);
    }

    @Test
    void theTokensThatBoundATextInTheGenerationConfigurationWin() throws IOException {
        ModelFolder model = new ModelFolder("tiny", Models.write(root), Origin.FOLDER);
        Files.writeString(root.resolve("config.json"), "{\"model_type\": \"llama\", \"eos_token_id\": 2}");
        assertThat(model.configWithTextBounds()).isEqualTo(model.config());
        Path generation = root.resolve("generation_config.json");
        Files.writeString(generation, "{\"temperature\": 0.6}");
        assertThat(model.configWithTextBounds()).isEqualTo(model.config());
        Files.writeString(generation, "{\"eos_token_id\": [2, 7]}");
        assertThat(model.configWithTextBounds().get("eos_token_id")).hasToString("[2,7]");
        Files.writeString(generation, "{\"decoder_start_token_id\": 5}");
        assertThat(model.configWithTextBounds().get("decoder_start_token_id")).hasToString("5");
        Files.writeString(generation, "[");
        assertProblem(Problem.MODEL_CONFIG, model::configWithTextBounds).hasMessageContaining("generation_config.json");
    }

    @Test
    void theConfigurationIsRead() throws IOException {
        ModelFolder model = new ModelFolder("tiny", Models.write(root), Origin.FOLDER);
        assertThat(model.config().get("model_type").getAsString()).isEqualTo("bert");
        Files.writeString(root.resolve("config.json"), "[]");
        assertProblem(Problem.MODEL_CONFIG, model::config).hasMessageContaining("config.json");
        Files.writeString(root.resolve("config.json"), "{\"a\": ");
        assertProblem(Problem.MODEL_CONFIG, model::config);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
