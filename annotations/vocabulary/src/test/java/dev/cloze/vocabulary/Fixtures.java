package dev.cloze.vocabulary;

import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** Where the tokenizers of the tests are. */
public final class Fixtures {

    private static final Path ROOT = root();
    private static final Path FOLDER = ROOT.resolve("annotations/vocabulary/src/test/resources/tokenizers");

    private Fixtures() {}

    static Path defaultModel() {
        return ROOT.resolve("runtime/models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en/tokenizer.json");
    }

    /** One of our own folders, or a file in it. */
    public static Path folder(String name) {
        return FOLDER.resolve(name);
    }

    /** The tokenizer.json of one of our own folders, unpacked or made if need be. */
    static String tokenizer(String name) {
        if (name.endsWith("-spiece")) {
            return TokenizerFolder.open(folder(name)).tokenizer().toString();
        }
        Path packed = FOLDER.resolve(name).resolve("tokenizer.json.gz");
        if (!Files.exists(packed)) {
            return text(FOLDER.resolve(name).resolve("tokenizer.json"));
        }
        try (InputStream unpacked = new GZIPInputStream(Files.newInputStream(packed))) {
            return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file beside our own folders. */
    static String text(String name) {
        return text(FOLDER.resolve(name));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Vocabulary read(String tokenizerJson) {
        return Vocabulary.read(new ByteArrayInputStream(tokenizerJson.getBytes(StandardCharsets.UTF_8)));
    }

    /** A file of the shared folder beside the repository, if there is one. */
    public static Optional<Path> shared(String path) {
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
