package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.Origin;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings of tokenizer_config.json beside a tokenizer.json, against what transformers makes of them. */
class TokenizerSettingsTest {

    @TempDir
    Path folder;

    /**
     * Where transformers 4 and 5 differ, 4 obeys a setting that only its own files have, and 5 overlooks it; or 4 does not
     * open the folder.
     */
    @Test
    void theIdsAreThoseOfTransformers() throws Exception {
        JsonObject goldens = goldens();
        int agreed = 0;
        for (JsonElement element : goldens.getAsJsonArray("cases")) {
            JsonObject one = element.getAsJsonObject();
            write(goldens, one);
            JsonElement ids = one.get("4").isJsonArray() ? one.get("4") : one.get("5");
            List<Integer> expected = ids.getAsJsonArray().asList().stream()
                    .map(JsonElement::getAsInt)
                    .toList();
            String text = goldens.getAsJsonObject("texts")
                    .get(one.get("base").getAsString())
                    .getAsString();
            try (Tokenizer tokenizer = Tokenizer.open(folder)) {
                SpecialTokens special = tokenizer.special();
                List<Integer> found = Stream.of(special.start(), tokenizer.encode(text, true), special.end())
                        .flatMapToInt(IntStream::of)
                        .boxed()
                        .toList();
                assertThat(found).as(one.toString()).isEqualTo(expected);
                assertThat(tokenizer.vocabulary().specialTokensAtStart()).isEqualTo(special.start().length);
                assertThat(tokenizer.vocabulary().specialTokensOfSingle()).isEqualTo(special.ofSingle());
                assertThat(tokenizer.vocabulary().specialTokensOfPair()).isEqualTo(special.ofPair());
                assertThat(tokenizer.vocabulary().encode(text))
                        .isEqualTo(IntStream.of(tokenizer.encode(text, true))
                                .boxed()
                                .toList());
            }
            agreed += one.get("4").equals(one.get("5")) ? 1 : 0;
        }
        assertThat(agreed).isGreaterThan(100);
    }

    @Test
    void settingsThatChangeTheTokenizerAreInItsHash() throws Exception {
        JsonObject goldens = goldens();
        JsonObject one =
                goldens.getAsJsonArray("cases").get(0).getAsJsonObject().deepCopy();
        write(goldens, one);
        String asked = hash();
        one.getAsJsonObject("tokenizer_config").addProperty("add_bos_token", false);
        write(goldens, one);
        assertThat(hash()).isNotEqualTo(asked);
        one.getAsJsonObject("tokenizer_config").remove("add_bos_token");
        write(goldens, one);
        String plain = hash();
        one.getAsJsonObject("tokenizer_config").addProperty("chat_template", "{{ messages }}");
        write(goldens, one);
        assertThat(hash()).isEqualTo(plain);
    }

    /** What the flag has put there already, when it was saved, makes the same tokenizer with it and without. */
    @Test
    void mistralsExpressionIsInTheHashWhereItIsPutThere() throws Exception {
        JsonObject goldens = goldens();
        List<JsonObject> mistrals = goldens.getAsJsonArray("cases").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .filter(one -> one.get("base").getAsString().equals("cased"))
                .toList();
        List<String> hashes = new ArrayList<>();
        for (JsonObject one : mistrals.subList(0, 6)) {
            write(goldens, one);
            hashes.add(hash());
        }
        // Asked for, forbidden and not mentioned: beside the old expression, then beside the new one.
        assertThat(hashes.get(0)).isNotEqualTo(hashes.get(1));
        assertThat(hashes.get(1)).isEqualTo(hashes.get(2));
        assertThat(hashes.subList(3, 6)).containsOnly(hashes.get(3));
    }

    private String hash() {
        return new ModelFolder("tiny", folder, Origin.FOLDER).tokenizerHash();
    }

    @Test
    void aStartTokenThatIsNotThereIsAnError() throws Exception {
        JsonObject goldens = goldens();
        JsonObject one =
                goldens.getAsJsonArray("cases").get(0).getAsJsonObject().deepCopy();
        one.getAsJsonObject("tokenizer_config").addProperty("bos_token", "<begin>");
        write(goldens, one);
        ClozeException refused = catchThrowableOfType(ClozeException.class, () -> Tokenizer.open(folder));
        assertThat(refused.problem()).isEqualTo(Problem.TOKENIZER_UNREADABLE);
        assertThat(refused)
                .hasMessageContaining("asks for add_bos_token")
                .hasMessageContaining("bos_token <begin> is no token of the vocabulary");
    }

    private static JsonObject goldens() throws IOException, URISyntaxException {
        Path file = Path.of(TokenizerSettingsTest.class
                .getResource("/tokenizer-settings.json")
                .toURI());
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    /** The files of a case, as tokenizer_settings_goldens.py wrote them. */
    private void write(JsonObject goldens, JsonObject one) throws IOException {
        for (String file : List.of("tokenizer.json", "vocab.json", "merges.txt")) {
            Files.deleteIfExists(folder.resolve(file));
        }
        JsonObject base = goldens.getAsJsonObject("bases")
                .getAsJsonObject(one.get("base").getAsString())
                .deepCopy();
        if (one.get("change").isJsonObject()) {
            one.getAsJsonObject("change").asMap().forEach(base::add);
            if (one.has("tokens")) {
                addTokens(base, one.get("tokens").getAsInt());
            }
            write("tokenizer.json", base);
        } else {
            JsonObject model = base.getAsJsonObject("model");
            write("vocab.json", model.get("vocab"));
            Files.writeString(folder.resolve("merges.txt"), "#version: 0.2\n" + merges(model));
        }
        write("tokenizer_config.json", one.get("tokenizer_config"));
        JsonObject config = new JsonObject();
        for (String key : List.of("model_type", "transformers_version")) {
            config.add(key, one.get(key));
        }
        write("config.json", config);
    }

    /** Tokens that no text has, until there are so many. */
    private static void addTokens(JsonObject tokenizer, int count) {
        JsonObject vocabulary = tokenizer.getAsJsonObject("model").getAsJsonObject("vocab");
        for (int id = vocabulary.size(); id < count; id++) {
            vocabulary.addProperty("token-" + id, id);
        }
    }

    private static String merges(JsonObject model) {
        return model.getAsJsonArray("merges").asList().stream()
                .map(JsonElement::getAsJsonArray)
                .map(pair -> pair.get(0).getAsString() + " " + pair.get(1).getAsString() + "\n")
                .collect(Collectors.joining());
    }

    private void write(String file, JsonElement content) throws IOException {
        Files.writeString(folder.resolve(file), content.toString());
    }
}
