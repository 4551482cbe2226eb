package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Added tokens that nothing declares special are words, with the ids of transformers, here and in the compiler. */
class AddedTokensTest {

    private static final Path ADDED = TokenizerFixtures.folder("added");

    /** Of these transformers 5 makes other tokenizers than 4 did; we follow 4. */
    private static final Set<String> OF_VERSION_4_ONLY = Set.of("t5", "albert", "xlm-roberta", "llama-legacy");

    @TempDir
    Path scratch;

    static List<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(ADDED)) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTextWithThemHasTheIdsOfTransformers(String name) throws IOException {
        JsonObject given = json(ADDED.resolve(name + ".json"));
        try (Tokenizer tokenizer = Tokenizer.open(folder(given))) {
            given.getAsJsonObject("expected").asMap().forEach((version, texts) -> {
                if (version.startsWith("4.") || !OF_VERSION_4_ONLY.contains(name)) {
                    texts.getAsJsonObject().asMap().forEach((text, ids) -> assertThat(tokenizer.encode(text, true))
                            .as(version + " " + text)
                            .isEqualTo(TokenizerFixtures.ids(ids)));
                }
            });
        }
    }

    /** What goes on behind a mask has no golden of its own: the library and the compiler's view are held together. */
    @ParameterizedTest
    @MethodSource("cases")
    void theCompilersVocabularyAgreesOnTextsThatGoOn(String name) throws IOException {
        JsonObject given = json(ADDED.resolve(name + ".json"));
        try (Tokenizer tokenizer = Tokenizer.open(folder(given))) {
            JsonObject texts = given.getAsJsonObject("expected")
                    .asMap()
                    .values()
                    .iterator()
                    .next()
                    .getAsJsonObject();
            for (String text : texts.keySet()) {
                assertThat(tokenizer.vocabulary().encodeContinued(text))
                        .as(text)
                        .isEqualTo(IntStream.of(tokenizer.encode(text, false))
                                .boxed()
                                .toList());
            }
        }
    }

    private Path folder(JsonObject given) throws IOException {
        Path folder = Files.createTempDirectory(scratch, "model");
        try (Stream<Path> base =
                Files.list(TokenizerFixtures.folder(given.get("base").getAsString()))) {
            for (Path file : base.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".gz")) {
                    try (GZIPInputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
                        Files.write(folder.resolve(name.replace(".gz", "")), packed.readAllBytes());
                    }
                } else {
                    Files.copy(file, folder.resolve(name));
                }
            }
        }
        for (var file : given.getAsJsonObject("files").asMap().entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue().toString());
        }
        List<JsonElement> added = given.getAsJsonArray("added").asList();
        if (!added.isEmpty()) {
            JsonObject tokenizer = json(folder.resolve("tokenizer.json"));
            added.forEach(tokenizer.getAsJsonArray("added_tokens")::add);
            Files.writeString(folder.resolve("tokenizer.json"), tokenizer.toString());
        }
        return folder;
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
