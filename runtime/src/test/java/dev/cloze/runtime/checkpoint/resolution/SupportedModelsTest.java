package dev.cloze.runtime.checkpoint.resolution;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.hub.HubCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model that cannot be run is told by its kind, whatever else its folder lacks. */
class SupportedModelsTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(strings = {"deberta-v2", "xlnet", "byt5"})
    void aFolderOfAnotherKindIsUnsupportedAndNotIncomplete(String type) throws IOException {
        Path folder = config("{\"model_type\": \"" + type + "\"}");
        Files.writeString(folder.resolve("spm.model"), "no tokenizer that is read");
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> resolver().resolve(folder.toString()))
                .hasMessageContaining("is of type " + type + ", which has no backbone here")
                .hasMessageContaining("albert, bert, camembert, distilbert");
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> resolver().resolve("mine"));
    }

    @Test
    void architecturesAloneSayTheKind() throws IOException {
        Path folder = config("{\"architectures\": [\"DebertaV2ForMaskedLM\"]}");
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> resolver().resolve(folder.toString()))
                .hasMessageContaining("debertav2");
        Files.writeString(folder.resolve("config.json"), "{\"architectures\": [\"BertForMaskedLM\"]}");
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver().resolve(folder.toString()));
    }

    @Test
    void aFolderThatSaysNoKindAndOneOfBytesAreUnsupportedToo() throws IOException {
        Path folder = config("{}");
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> resolver().resolve(folder.toString()))
                .hasMessageContaining("has neither a model_type nor architectures that say it");
        config("{\"model_type\": \"t5\", \"tokenizer_class\": \"ByT5Tokenizer\"}");
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> resolver().resolve("mine"))
                .hasMessageContaining("ByT5Tokenizer");
    }

    @Test
    void theCacheAndTheClassPathAreLookedThroughInTheSameWay() throws IOException {
        Path snapshot = Models.writeHubCache(root.resolve("hub"), "models--org--tiny");
        Files.delete(snapshot.resolve("config.json"));
        Files.writeString(snapshot.resolve("config.json"), "{\"model_type\": \"xlnet\"}");
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> new HubCache(root.resolve("hub")).find("org/tiny"));
        assertThat(new HubCache(root.resolve("hub")).names()).containsExactly("org/tiny");

        var files = Models.files();
        files.put("config.json", "{\"model_type\": \"xlnet\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        Path jar = Models.jar(root.resolve("models.jar"), "tiny", files);
        assertProblem(Problem.MODEL_UNSUPPORTED, () -> new ClassPathSource(Models.loader(jar), root.resolve("cache"))
                .find("tiny"));
    }

    private Path config(String json) throws IOException {
        Path folder = Files.createDirectories(root.resolve("models/mine"));
        Files.writeString(folder.resolve("config.json"), json);
        return folder;
    }

    private ModelResolver resolver() throws IOException {
        return ModelResolver.in(Models.environment(root, Models.loader(), "CLOZE_OFFLINE=1"));
    }
}
