package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The small tokenizers that the vocabulary module's tests bring, as model folders. */
public final class TokenizerFixtures {

    private static final Path ROOT = root();
    private static final Path FOLDER = ROOT.resolve("annotations/vocabulary/src/test/resources/tokenizers");

    private TokenizerFixtures() {}

    /** What the Hugging Face tokenizer makes of a text. */
    record Expected(String text, int[] ids) {

        static Expected of(JsonElement row) {
            JsonObject pair = row.getAsJsonObject();
            return new Expected(pair.get("text").getAsString(), TokenizerFixtures.ids(pair.get("ids")));
        }
    }

    static Path defaultModel() {
        return ROOT.resolve("runtime/models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en");
    }

    public static Path folder(String name) {
        return name.equals("default") ? defaultModel() : FOLDER.resolve(name);
    }

    public static Path shared(String path) {
        String place = System.getProperty("cloze.shared", System.getenv("CLOZE_SHARED"));
        return (place != null ? Path.of(place) : ROOT.resolveSibling("shared")).resolve(path);
    }

    /** The folder itself, or a copy with its packed file unpacked. */
    static Path unpacked(String name, Path scratch) {
        Path packed = folder(name).resolve("tokenizer.json.gz");
        if (!Files.exists(packed)) {
            return folder(name);
        }
        try (InputStream content = new GZIPInputStream(Files.newInputStream(packed))) {
            Path copy = Files.createDirectories(scratch.resolve(name));
            Files.write(copy.resolve("tokenizer.json"), content.readAllBytes());
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> lines() {
        try {
            return Files.readAllLines(FOLDER.resolve("text.txt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Expected> expected(String name, String file) {
        return rows(name, file).asList().stream().map(Expected::of).toList();
    }

    static JsonArray rows(String name, String file) {
        try {
            return JsonParser.parseString(Files.readString(folder(name).resolve(file)))
                    .getAsJsonArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int[] ids(JsonElement ids) {
        return ids.getAsJsonArray().asList().stream()
                .mapToInt(JsonElement::getAsInt)
                .toArray();
    }

    /** The folder's SentencePiece model and settings, with some of these changed. */
    static Path copy(String name, Path scratch, JsonObject changed) throws IOException {
        Path copy = Files.createTempDirectory(scratch, name);
        JsonObject settings = JsonParser.parseString(
                        Files.readString(folder(name).resolve("tokenizer_config.json")))
                .getAsJsonObject();
        changed.asMap().forEach(settings::add);
        Files.writeString(copy.resolve("tokenizer_config.json"), settings.toString());
        try (Stream<Path> files = Files.list(folder(name))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".model")).toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
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
