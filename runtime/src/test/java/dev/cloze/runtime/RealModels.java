package dev.cloze.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Published models for tests that need the real thing: {@code runtime/testkit/models.sh} brings them into the folder
 * that the system property {@code cloze.realModels} or the variable {@code CLOZE_REAL_MODELS} names, by default
 * {@code .cache/cloze-real-models} in the user's home.
 */
public final class RealModels {

    private static final Path DEFAULT = Path.of("models/small/src/main/resources/dev/cloze/models/cloze-small-en");

    private RealModels() {}

    /** The model folder of this name; a test is reported as skipped where it is not there. */
    public static Path folder(String name) {
        Path folder = root().resolve(name);
        assumeTrue(
                Files.exists(folder.resolve("config.json")),
                () -> folder + " is not there; runtime/testkit/models.sh brings it, and CLOZE_REAL_MODELS names another"
                        + " place.");
        return folder;
    }

    /** The default model's folder, which lies in the repository; a test is reported as skipped where its weights aren't there. */
    public static String defaultModel() {
        assumeTrue(Files.exists(DEFAULT.resolve("model.safetensors")), () -> DEFAULT + " has no weights");
        return DEFAULT.toString();
    }

    private static Path root() {
        return Optional.ofNullable(System.getProperty("cloze.realModels", System.getenv("CLOZE_REAL_MODELS")))
                .filter(place -> !place.isBlank())
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache", "cloze-real-models"))
                .toAbsolutePath();
    }
}
