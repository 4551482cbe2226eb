package dev.cloze.runtime.checkpoint;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static dev.cloze.runtime.checkpoint.Fixtures.path;

import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedCheckpointTest {

    private static final String FIRST = "model-00001-of-00002.safetensors";

    @TempDir
    Path folder;

    @Test
    void aMissingShardIsNamed() throws IOException {
        Files.copy(path("sharded-safetensors/" + FIRST), folder.resolve(FIRST));
        Files.copy(
                path("sharded-safetensors/model.safetensors.index.json"),
                folder.resolve("model.safetensors.index.json"));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> Checkpoint.open(folder))
                .hasMessageContaining("lacks 1 of its 2 files: model-00002-of-00002.safetensors");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.safetensors",
                "/etc/passwd",
                "sub/model.safetensors",
                "..",
                ".hidden",
                "C:\\\\model.safetensors",
                ""
            })
    void aShardOutsideTheFolderIsRefused(String shard) throws IOException {
        index("{\"weight_map\": {\"a\": \"" + shard + "\"}}");
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.open(folder))
                .hasMessageContaining("not in its own folder");
    }

    @Test
    void aTensorMissingFromItsShardIsNamed() throws IOException {
        Files.copy(path("sharded-safetensors/" + FIRST), folder.resolve(FIRST));
        index("{\"weight_map\": {\"a\": \"" + FIRST + "\", \"lost\": \"" + FIRST + "\"}}");
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.open(folder))
                .hasMessageContaining("\"lost\" is in " + FIRST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{}", "{\"weight_map\": []}", "{\"weight_map\": {\"a\": []}}", "{\"weight_map\": {"})
    void whatIsNoIndexIsRefused(String text) throws IOException {
        index(text);
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.open(folder));
    }

    private void index(String text) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), text);
    }
}
