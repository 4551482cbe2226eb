package dev.cloze.runtime.checkpoint.hub;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static dev.cloze.runtime.checkpoint.hub.FakeHub.COMMIT;
import static dev.cloze.runtime.checkpoint.hub.FakeHub.OLDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubRevisionTest extends HubTestBase {

    private Path model() {
        return hubCache().resolve("models--org--tiny");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1.0", "refs/pr/3"})
    void aBranchOrTagIsDownloadedAndNamedInTheCacheAsHuggingFaceDoesIt(String revision) {
        ModelFolder folder = resolver().resolve("org/tiny@" + revision);
        assertThat(folder)
                .isEqualTo(new ModelFolder("org/tiny@" + revision, model().resolve("snapshots/" + OLDER), Origin.HUB));
        assertThat(folder.commit()).contains(OLDER);
        assertThat(model().resolve("refs").resolve(revision)).hasContent(OLDER);
        hub.olderFiles.forEach(
                (name, content) -> assertThat(folder.path().resolve(name)).hasBinaryContent(content));
        hub.requests.clear();
        assertThat(resolver().resolve("org/tiny@" + revision).origin()).isEqualTo(Origin.HUB_CACHE);
        assertThat(resolver().resolve("org/tiny@" + OLDER).origin()).isEqualTo(Origin.HUB_CACHE);
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void aCommitIsFoundWithoutAFileThatNamesIt() {
        assertThat(resolver().resolve("org/tiny@" + OLDER).path()).isEqualTo(model().resolve("snapshots/" + OLDER));
        assertThat(model().resolve("refs")).doesNotExist();
        assertThat(resolver().localNames()).containsExactly("org/tiny@" + OLDER);
    }

    @Test
    void aRevisionIsNeverTakenForTheNewestNorTheOtherWayRound() throws IOException {
        resolver().resolve("org/tiny@v1.0");
        ModelFolder newest = resolver().resolve("org/tiny");
        assertThat(newest.origin()).isEqualTo(Origin.HUB);
        assertThat(newest.commit()).contains(COMMIT);
        assertWhole(newest);
        ModelFolder pinned = resolver().resolve("org/tiny@v1.0");
        assertThat(pinned.commit()).contains(OLDER);
        assertThat(pinned.tokenizerHash()).isNotEqualTo(newest.tokenizerHash());
        // What the two have in common is there once, and was fetched once.
        assertThat(pinned.path().resolve("model.safetensors").toRealPath())
                .isEqualTo(newest.path().resolve("model.safetensors").toRealPath());
        assertThat(hub.gets("model.safetensors")).isEqualTo(1);
        assertOnlyBlobs(4);
        assertThat(resolver().localNames()).containsExactly("org/tiny", "org/tiny@v1.0");
    }

    @Test
    void aRevisionThatTheHubLacksIsToldAndNothingWritten() {
        assertProblem(Problem.MODEL_REVISION, () -> resolver().resolve("org/tiny@v9"))
                .hasMessageContaining("The hub's model \"org/tiny\" has no revision \"v9\".")
                .hasMessageContaining(hub.endpoint() + "/org/tiny/commits/main lists them");
        assertNothingUsable();
        assertProblem(Problem.MODEL_NOT_FOUND, () -> resolver().resolve("org/tinny@v1.0"))
                .hasMessageContaining("There is no model \"org/tinny@v1.0\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/tiny@",
                "org/tiny@ ",
                "org/tiny@../x",
                "org/tiny@/v1",
                "org/tiny@v1/",
                "org/tiny@a@b",
                "org/tiny@-v"
            })
    void whatCanBeNoRevisionIsNeverAsked(String name) {
        assertProblem(Problem.MODEL_REVISION, () -> resolver().resolve(name))
                .hasMessageContaining("as in \"org/tiny@main\", or the name alone, of which the newest is taken")
                .hasMessageContaining("Looked at:");
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void modelsOfOursHaveVersionsAndNoRevisions() {
        assertProblem(Problem.MODEL_REVISION, () -> resolver().resolve("cloze-small-en@v1"))
                .hasMessageContaining("\"cloze-small-en\" comes in a jar, which has a version, and no revisions")
                .hasMessageContaining("Write \"cloze-small-en\"");
        assertThat(hub.requests).isEmpty();
    }

    @Test
    void offlineTheRevisionsThatAreThereAreTold() {
        resolver().resolve("org/tiny");
        resolver().resolve("org/tiny@v1.0");
        ModelResolver offline = ModelResolver.in(environment(null, "HF_HUB_OFFLINE=1"));
        assertProblem(Problem.MODEL_OFFLINE, () -> offline.resolve("org/tiny@v2"))
                .hasMessageContaining("of its revisions main, v1.0 are there")
                .hasMessageContaining(hub.endpoint() + "/org/tiny/tree/v2");
        assertThat(offline.resolve("org/tiny@main").commit()).contains(COMMIT);
    }

    @Test
    void aFolderWithAnAtSignIsAPathAndMayStandInOneOfTheUsersFolders() throws IOException {
        Path folder = Files.createDirectories(root.resolve("me@home/models"));
        for (var file : hub.files.entrySet()) {
            Files.createDirectories(folder.resolve("org/tiny@v1.0"));
            Files.write(folder.resolve("org/tiny@v1.0").resolve(file.getKey()), file.getValue());
        }
        String path = folder.resolve("org/tiny@v1.0").toString();
        assertThat(resolver().resolve(path).origin()).isEqualTo(Origin.FOLDER);
        ModelEnvironment environment = environment(null, null);
        ModelResolver named = ModelResolver.in(new ModelEnvironment(
                List.of(folder),
                environment.classLoader(),
                environment.cache(),
                environment.hubCache(),
                environment.endpoint(),
                null,
                null));
        assertThat(named.resolve("org/tiny@v1.0"))
                .isEqualTo(new ModelFolder("org/tiny@v1.0", folder.resolve("org/tiny@v1.0"), Origin.MODELS));
        assertThat(named.resolve("org/tiny@v1.0").commit()).isEmpty();
        assertThat(hub.requests).isEmpty();
    }
}
