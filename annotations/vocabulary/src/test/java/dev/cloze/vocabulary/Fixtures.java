package dev.cloze.vocabulary;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where the tokenizers of the tests are. */
final class Fixtures {

    private static final Path ROOT = root();

    private Fixtures() {}

    static Path defaultModel() {
        return ROOT.resolve("runtime/models/default/src/main/resources/dev/cloze/models/cloze-tiny-en/tokenizer.json");
    }

    /** A file of the shared folder beside the repository, if there is one. */
    static Optional<Path> shared(String path) {
        String place = System.getProperty("cloze.shared", System.getenv("CLOZE_SHARED"));
        Path folder = place != null ? Path.of(place) : ROOT.resolveSibling("shared");
        return Optional.of(folder.resolve(path)).filter(Files::exists);
    }

    private static Path root() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException("the tests must run inside the repository");
    }
}
