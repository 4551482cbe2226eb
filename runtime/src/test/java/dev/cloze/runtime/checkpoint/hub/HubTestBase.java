package dev.cloze.runtime.checkpoint.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.resolution.ModelResolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A hub, an empty cache, and little patience. */
abstract class HubTestBase {

    static final Patience LITTLE =
            new Patience(3, Duration.ofMillis(20), Duration.ofSeconds(3), Duration.ofMillis(500), 1);

    @TempDir
    Path root;

    FakeHub hub;

    @BeforeEach
    void startHub() throws IOException {
        hub = new FakeHub();
    }

    @AfterEach
    void stopHub() {
        hub.close();
    }

    Path hubCache() {
        return root.resolve("hub");
    }

    ModelEnvironment environment(@Nullable String token, @Nullable String offlineBecause) {
        return new ModelEnvironment(
                List.of(),
                ClassLoader.getPlatformClassLoader(),
                root.resolve("cache"),
                hubCache(),
                hub.endpoint(),
                token,
                offlineBecause);
    }

    ModelResolver resolver() {
        return resolver(null);
    }

    ModelResolver resolver(@Nullable String token) {
        return resolver(token, BlobDownload.REAL_DISK);
    }

    ModelResolver resolver(@Nullable String token, BlobDownload.Disk disk) {
        ModelEnvironment environment = environment(token, null);
        return new ModelResolver(environment, new HubSource(environment, LITTLE, disk));
    }

    /** Every file of the hub is in the folder, byte for byte. */
    void assertWhole(ModelFolder model) {
        hub.files.forEach(
                (name, content) -> assertThat(model.path().resolve(name)).hasBinaryContent(content));
    }

    /** No model can be seen in the cache. */
    void assertNothingUsable() {
        assertThat(new HubCache(hubCache()).find("org/tiny")).isEmpty();
        assertThat(hubCache().resolve("models--org--tiny/refs/main")).doesNotExist();
        assertThat(hubCache().resolve("models--org--tiny/snapshots")).doesNotExist();
    }

    /** So many blobs are there, and nothing unfinished. */
    void assertOnlyBlobs(int count) throws IOException {
        assertThat(blobs()).hasSize(count).noneMatch(name -> name.endsWith(".incomplete"));
    }

    List<String> blobs() throws IOException {
        try (var blobs = Files.list(hubCache().resolve("models--org--tiny/blobs"))) {
            return blobs.map(blob -> blob.getFileName().toString()).toList();
        }
    }
}
