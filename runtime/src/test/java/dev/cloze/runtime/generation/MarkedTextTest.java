package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tokenizer.TokenizerFixtures;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With a tokenizer of letters whose special tokens begin alike. */
class MarkedTextTest {

    private Tokenizer tokenizer;
    private MarkedText marked;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), """
                {"version": "1.0", "added_tokens": [
                   {"id": 0, "content": "<a>", "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false},
                   {"id": 1, "content": "<a>b", "special": true, "single_word": false, "lstrip": false, "rstrip": false, "normalized": false},
                   {"id": 7, "content": "<b>", "special": true, "single_word": false, "lstrip": true, "rstrip": true, "normalized": false}],
                 "normalizer": null, "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": false, "trim_offsets": true, "use_regex": true}, "post_processor": null,
                 "decoder": {"type": "ByteLevel", "add_prefix_space": true, "trim_offsets": true, "use_regex": true},
                 "model": {"type": "BPE", "vocab": {"<a>": 0, "<a>b": 1, "a": 2, "b": 3, "<": 4, ">": 5, "Ġ": 6, "<b>": 7}, "merges": []}}
                """);
        tokenizer = Tokenizer.open(folder);
        marked = new MarkedText(tokenizer);
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    @Test
    void namesAreTheirTokensAndTheRestIsText() {
        assertThat(marked.encode("a<a>a <a>")).containsExactly(2, 0, 2, 6, 0);
        assertThat(marked.encode("a<c>a")).containsExactly(2, 4, 5, 2);
        assertThat(marked.encode("")).isEmpty();
    }

    @Test
    void ofTwoNamesThatBeginAlikeTheLongerIsMeant() {
        assertThat(marked.encode("<a>b<a>a")).containsExactly(1, 0, 2);
        assertThat(marked.namesIn("<a>b<a>a<a>b")).containsExactly("<a>b", "<a>");
    }

    @Test
    void whiteSpaceBesideATokenMayBelongToIt() {
        assertThat(marked.encode("a <b> \u00a0 a <a> a")).containsExactly(2, 7, 2, 6, 0, 6, 2);
        assertThat(marked.encode(" <b> <b> ")).containsExactly(7, 7);
    }

    /** By {@code special_token_goldens.py}: texts in which the tokens are written as they are. */
    static List<JsonElement> texts() throws IOException, URISyntaxException {
        Path file = Path.of(MarkedTextTest.class
                .getResource("/special-tokens/templates.json")
                .toURI());
        return JsonParser.parseString(Files.readString(file)).getAsJsonArray().asList();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void theIdsAreThoseOfTransformers(JsonElement golden) {
        JsonObject row = golden.getAsJsonObject();
        String text = row.get("template")
                .getAsString()
                .replaceAll("\\{special:\"([^\"]*)\"}", "$1")
                .replace("{text}", row.get("text").getAsString());
        try (Tokenizer published =
                Tokenizer.open(TokenizerFixtures.folder(row.get("tokenizer").getAsString()))) {
            assertThat(new MarkedText(published).encode(text))
                    .as(text)
                    .containsExactly(row.getAsJsonArray("ids").asList().stream()
                            .mapToInt(JsonElement::getAsInt)
                            .toArray());
        }
    }

    @Test
    void elsewhereANameIsText() {
        assertThat(tokenizer.encode("<a>", true)).containsExactly(4, 2, 5);
    }
}
