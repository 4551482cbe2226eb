package dev.cloze.runtime.checkpoint.resolution;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Fixtures;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.folder.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelResolverTest {

    @TempDir
    Path root;

    private ModelResolver resolver;

    @BeforeEach
    void onlyTheTemporaryFolderIsSeen() throws IOException {
        resolver = ModelResolver.in(
                Models.environment(root, Models.loader(root.resolve("classes")), "cloze.offline=true"));
    }

    @Test
    void placesAreLookedAtInOrder() throws IOException {
        Path cached = Models.writeHubCache(root.resolve("hub"), "models--org--tiny");
        assertThat(resolver.resolve("org/tiny")).isEqualTo(new ModelFolder("org/tiny", cached, Origin.HUB_CACHE));

        Path resource = Models.write(root.resolve("classes/dev/cloze/models/org/tiny"));
        resolver = ModelResolver.in(
                Models.environment(root, Models.loader(root.resolve("classes")), "cloze.offline=true"));
        assertThat(resolver.resolve("org/tiny")).isEqualTo(new ModelFolder("org/tiny", resource, Origin.CLASS_PATH));

        Path own = Models.write(root.resolve("models/org/tiny"));
        assertThat(resolver.resolve("org/tiny")).isEqualTo(new ModelFolder("org/tiny", own, Origin.MODELS));
        assertThat(resolver.localNames()).containsExactly("org/tiny");
    }

    @Test
    void aPathIsANameToo() throws IOException {
        Path folder = Models.write(root.resolve("anywhere/mine"));
        assertThat(resolver.resolve(folder.toString()).path()).isEqualTo(folder);
        assertThat(resolver.resolve(folder.toString()).origin()).isEqualTo(Origin.FOLDER);
    }

    @Test
    void aFolderWithoutConfigIsIncomplete() throws IOException {
        Path folder = Models.write(root.resolve("models/tiny"));
        Files.delete(folder.resolve("config.json"));
        Files.delete(folder.resolve("tokenizer.json"));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver.resolve("tiny"))
                .hasMessageContaining(folder + " lacks config.json, tokenizer.json (or vocab.txt")
                .hasMessageContaining("It has model.safetensors.");
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver.resolve(folder.toString()))
                .hasMessageContaining("lacks config.json");
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver.resolve(root.toString()))
                .hasMessageContaining("none of a model's files");
    }

    @Test
    void aShardThatIsNotThereMakesAFolderIncomplete() throws IOException {
        Path folder = Models.write(root.resolve("models/tiny"));
        Files.delete(folder.resolve("model.safetensors"));
        Files.copy(
                Fixtures.path("sharded-safetensors/model.safetensors.index.json"),
                folder.resolve("model.safetensors.index.json"));
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver.resolve("tiny"))
                .hasMessageContaining("lacks model-00001-of-00002.safetensors, model-00002-of-00002.safetensors");
    }

    @Test
    void vocabulariesWithoutTokenizerJsonAreEnough() throws IOException {
        Path folder = Models.write(root.resolve("models/tiny"));
        Files.delete(folder.resolve("tokenizer.json"));
        Files.writeString(folder.resolve("vocab.json"), "{}");
        assertProblem(Problem.MODEL_INCOMPLETE, () -> resolver.resolve("tiny"));
        Files.writeString(folder.resolve("merges.txt"), "");
        assertThat(resolver.resolve("tiny").path()).isEqualTo(folder);
    }

    @Test
    void anIncompleteCacheIsPassedOverAndTheReasonTold() throws IOException {
        Path snapshot = Models.writeHubCache(root.resolve("hub"), "models--tiny");
        Files.delete(snapshot.resolve("model.safetensors"));
        assertProblem(Problem.MODEL_OFFLINE, () -> resolver.resolve("tiny"))
                .hasMessageContaining("cloze.offline=true forbids to download it")
                .hasMessageContaining("lacks model.safetensors");
        assertThat(resolver.localNames()).isEmpty();
    }

    @Test
    void anUnknownNameIsToldWithTheNearestAndThePlaces() throws IOException {
        Models.write(root.resolve("models/our-tiny-en"));
        assertProblem(Problem.MODEL_OFFLINE, () -> resolver.resolve("our-tiny-em"))
                .hasMessageContaining("Did you mean \"our-tiny-en\"?")
                .hasMessageContaining("cloze.models: " + root.resolve("models/our-tiny-em"))
                .hasMessageContaining("the class path: dev/cloze/models/our-tiny-em")
                .hasMessageContaining(root.resolve("hub/models--our-tiny-em").toString())
                .hasMessageContaining("the hub: http://127.0.0.1:9/our-tiny-em");
    }

    @Test
    void aKnownModelOfTheHubIsSuggestedThoughItIsNotHere() {
        assertProblem(Problem.MODEL_OFFLINE, () -> resolver.resolve("bert-base-uncassed"))
                .hasMessageContaining("Did you mean \"bert-base-uncased\"?");
        assertProblem(Problem.MODEL_OFFLINE, () -> resolver.resolve("bert-base-uncased"))
                .hasMessageNotContaining("Did you mean");
    }

    @Test
    void aModelOfOursIsNeverAskedOfTheHub() throws IOException {
        ModelResolver online = ModelResolver.in(Models.environment(root, Models.loader(), null));
        assertProblem(Problem.MODEL_NOT_FOUND, () -> online.resolve("cloze-small-en"))
                .hasMessageContaining("There is no model \"cloze-small-en\".")
                .hasMessageContaining("It comes with dev.cloze:cloze-model-default: add that to the dependencies")
                .hasMessageNotContaining("the hub:");
        assertProblem(Problem.MODEL_NOT_FOUND, () -> online.resolve("cloze-smal-en"))
                .hasMessageContaining("There is no model \"cloze-smal-en\". Did you mean \"cloze-small-en\"?")
                .hasMessageNotContaining("HF_TOKEN");
    }

    @Test
    void whatStandsBelowAFolderIsAPathAndNeverDownloaded() throws IOException {
        ModelResolver online = ModelResolver.in(Models.environment(root, Models.loader(), null));
        // The tests run in the folder of this module.
        assertProblem(Problem.MODEL_NOT_FOUND, () -> online.resolve("src/my-modle"))
                .hasMessageContaining("There is no model folder \"src/my-modle\".")
                .hasMessageContaining("It is taken for a path, as there is a folder src here.")
                .hasMessageContaining("hf download src/my-modle")
                .hasMessageNotContaining("the hub:");
    }

    @Test
    void aMistypedPathIsToldWithTheFolderBesideIt() throws IOException {
        Models.write(root.resolve("anywhere/mine"));
        String wrong = root.resolve("anywhere/mien").toString();
        assertProblem(Problem.MODEL_NOT_FOUND, () -> resolver.resolve(wrong))
                .hasMessageContaining("Did you mean \"" + root.resolve("anywhere/mine") + "\"?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "../secrets",
                "a/b/c",
                "bert base",
                "/nowhere/at/all",
                "./nowhere",
                "~/nowhere",
                "a..b",
                "a\0b"
            })
    void whatIsNeitherAPathNorANameIsNotFoundAndNeverAsked(String name) {
        assertProblem(Problem.MODEL_NOT_FOUND, () -> resolver.resolve(name)).hasMessageContaining("Looked at:");
    }

    @Test
    void explainTellsEachPlaceInOrderAndWhatIsThere() throws IOException {
        Models.writeHubCache(root.resolve("hub"), "models--tiny");
        Files.createDirectories(root.resolve("models/tiny"));
        assertThat(resolver.explain("tiny"))
                .extracting(Place::origin, Place::state)
                .containsExactly(
                        tuple(Origin.FOLDER, Place.State.ABSENT),
                        tuple(Origin.MODELS, Place.State.INCOMPLETE),
                        tuple(Origin.CLASS_PATH, Place.State.ABSENT),
                        tuple(Origin.HUB_CACHE, Place.State.FOUND),
                        tuple(Origin.HUB, Place.State.SWITCHED_OFF));
    }
}
