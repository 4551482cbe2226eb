package dev.cloze.runtime.checkpoint;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static dev.cloze.runtime.checkpoint.Fixtures.path;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.folder.ModelFiles;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import dev.cloze.runtime.checkpoint.resolution.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedCheckpointTest {

    private static final String INDEX = "model.safetensors.index.json";
    private static final String FIRST = "model-00001-of-00002.safetensors";
    private static final String SECOND = "model-00002-of-00002.safetensors";

    @TempDir
    Path folder;

    @Test
    void aMissingShardIsNamed() throws IOException {
        Files.copy(path("sharded-safetensors/" + FIRST), folder.resolve(FIRST));
        Files.copy(path("sharded-safetensors/" + INDEX), folder.resolve(INDEX));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> Checkpoint.open(folder))
                .hasMessageContaining("lacks 1 of its 2 files: model-00002-of-00002.safetensors");
    }

    @Test
    void aMissingShardOfAPickleIsNamed() throws IOException {
        String index = "pytorch_model.bin.index.json";
        Files.copy(path("sharded-bin/" + index), folder.resolve(index));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> Checkpoint.open(folder))
                .hasMessageContaining("lacks 2 of its 2 files: pytorch_model-00001-of-00002.bin, pytorch_model-00002");
    }

    @Test
    void aFolderInPlaceOfAShardIsAMissingShard() throws IOException {
        Files.createDirectory(folder.resolve(FIRST));
        index("{\"weight_map\": {\"a\": \"" + FIRST + "\"}}");
        assertProblem(Problem.MODEL_INCOMPLETE, () -> Checkpoint.open(folder))
                .hasMessageContaining("lacks 1 of its 1 files");
    }

    @Test
    void linksToBlobsElsewhereAreFollowedAsTheHubsCacheHasThem() throws IOException {
        Path blobs = Files.createDirectory(folder.resolve("blobs"));
        Path snapshot = Files.createDirectory(folder.resolve("snapshot"));
        for (String file : List.of(INDEX, FIRST, SECOND)) {
            Files.copy(path("sharded-safetensors/" + file), blobs.resolve("of-" + file));
            Files.createSymbolicLink(snapshot.resolve(file), Path.of("../blobs/of-" + file));
        }
        try (Checkpoint checkpoint = Checkpoint.open(snapshot)) {
            assertThat(checkpoint.names()).containsExactly("a", "b", "c");
        }
        Files.delete(blobs.resolve("of-" + SECOND));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> Checkpoint.open(snapshot))
                .hasMessageContaining("lacks 1 of its 2 files: " + SECOND);
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
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> ModelFiles.weights(folder));
    }

    @Test
    void aModelFolderWhoseIndexPointsOutsideIsToldSoByTheResolver() throws IOException {
        Path model = Models.write(folder.resolve("model"));
        Files.delete(model.resolve("model.safetensors"));
        Files.writeString(model.resolve(INDEX), "{\"weight_map\": {\"a\": \"../" + FIRST + "\"}}");
        Files.copy(path("sharded-safetensors/" + FIRST), folder.resolve(FIRST));
        ModelResolver resolver = ModelResolver.in(
                Models.environment(folder, ClassLoader.getPlatformClassLoader(), "the test is offline"));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver.resolve(model.toString()))
                .hasMessageContaining("a readable index of its weights")
                .hasMessageContaining("\"../" + FIRST + "\", which is not in its own folder");
    }

    @Test
    void namesThatDifferByCaseAloneAreRefused() throws IOException {
        Files.copy(path("sharded-safetensors/" + FIRST), folder.resolve(FIRST));
        index("{\"weight_map\": {\"a\": \"" + FIRST + "\", \"b\": \"Model-00001-of-00002.Safetensors\"}}");
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.open(folder))
                .hasMessageContaining(
                        "it names \"" + FIRST + "\" and \"Model-00001-of-00002.Safetensors\", which differ")
                .hasMessageContaining("by case alone");
    }

    @Test
    void aTensorMissingFromItsShardIsNamed() throws IOException {
        Files.copy(path("sharded-safetensors/" + FIRST), folder.resolve(FIRST));
        index("{\"weight_map\": {\"a\": \"" + FIRST + "\", \"lost\": \"" + FIRST + "\"}}");
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.open(folder))
                .hasMessageContaining("\"lost\" is in " + FIRST);
    }

    @Test
    void aTensorThatLiesInAnotherShardIsNotLookedForThere() throws IOException {
        Files.copy(path("sharded-safetensors/" + FIRST), folder.resolve(FIRST));
        Files.copy(path("sharded-safetensors/" + SECOND), folder.resolve(SECOND));
        index("{\"weight_map\": {\"a\": \"" + SECOND + "\", \"b\": \"" + FIRST + "\"}}");
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.open(folder))
                .hasMessageContaining("which has no such tensor");
    }

    @Test
    void anIndexThatNamesItselfIsRefused() throws IOException {
        index("{\"weight_map\": {\"a\": \"" + INDEX + "\"}}");
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.open(folder));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "null",
                "<!doctype html><title>Not found</title>",
                "{\"weight_map\": []}",
                "{\"weight_map\": {\"a\": []}}",
                "{\"weight_map\": {\"a\": null}}",
                "{\"weight_map\": {",
                "{\"weight_map\": {}} {\"weight_map\": {}}"
            })
    void whatIsNoIndexIsRefused(String text) throws IOException {
        index(text);
        assertIndexIsRefused();
    }

    @Test
    void anIndexThatIsNoTextIsRefused() throws IOException {
        Files.write(folder.resolve(INDEX), new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'});
        assertIndexIsRefused();
    }

    @Test
    void anIndexNestedWithoutEndIsRefused() throws IOException {
        index("{\"weight_map\": " + "[".repeat(200_000));
        assertIndexIsRefused();
    }

    private void assertIndexIsRefused() {
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.open(folder))
                .hasMessageContaining("The checkpoint " + folder.resolve(INDEX) + " is damaged: ")
                .hasMessageContaining("Nothing of it was used.");
    }

    private void index(String text) throws IOException {
        Files.writeString(folder.resolve(INDEX), text);
    }
}
