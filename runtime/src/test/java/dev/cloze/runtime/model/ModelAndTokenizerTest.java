package dev.cloze.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.Logged;
import dev.cloze.runtime.TinyModels;
import dev.cloze.runtime.classification.MaskFiller;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is looked at first when a model is opened, and whether its tokenizer fits. */
class ModelAndTokenizerTest {

    @TempDir
    Path scratch;

    private Path model;

    @BeforeEach
    void makeModel() {
        model = TinyModels.decoder(scratch.resolve("model"), 32, List.of());
    }

    @ParameterizedTest
    @CsvSource({"covid, false", "</s>, true", "<mask>, true", "<extra_id_7>, true", "<|turn|>, true", "[UNK]2, false"})
    void aTokenizerWithMoreIdsThanTheEmbeddingHasRowsIsRefusedWithBothNumbers(String token, boolean special)
            throws IOException {
        int rows = rows();
        add(token, rows, special);
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"eos_token\": \"<|turn|>\"}");
        assertThatThrownBy(this::open)
                .isInstanceOf(ClozeException.class)
                .hasMessageStartingWith("[TokenizerTooLarge]")
                .hasMessageContaining("has %d ids, but its embedding has %d rows".formatted(rows + 1, rows));
    }

    @Test
    void aWordBehindATokenThatNoTextNeedsIsRefusedAllTheSame() throws IOException {
        add("<pad>", rows(), true);
        add("covid", rows() + 1, false);
        assertThatThrownBy(this::open)
                .hasMessageStartingWith("[TokenizerTooLarge]")
                .hasMessageContaining("Tokens without a row: 2");
    }

    @Test
    void anIdAroundATextThatHasNoRowIsRefusedWhateverItsNameIs() throws IOException {
        JsonObject tokenizer = read("tokenizer.json");
        JsonObject start = tokenizer
                .getAsJsonObject("post_processor")
                .getAsJsonObject("special_tokens")
                .getAsJsonObject("[CLS]");
        start.add("ids", JsonParser.parseString("[" + rows() + "]"));
        write("tokenizer.json", tokenizer);
        assertThatThrownBy(this::open).hasMessageStartingWith("[TokenizerTooLarge]");
    }

    @ParameterizedTest
    @CsvSource({"<pad>, true", "<pad>, false", "<|im_start|>, true", "[PAD]x, true"})
    void aSpecialTokenWithoutARowThatNoTextNeedsIsLeftOut(String token, boolean special) throws IOException {
        add(token, rows(), special);
        assertLeftOut(token);
    }

    @Test
    void soIsOneOfAnOlderFileBesideATokenizerThatLacksIt() throws IOException {
        Files.writeString(model.resolve("added_tokens.json"), "{\"<pad>\": " + rows() + "}");
        Files.writeString(model.resolve("tokenizer_config.json"), "{\"pad_token\": \"<pad>\"}");
        assertLeftOut("<pad>");
    }

    /** A text that spells it is text, and a template that names it is told that there is none. */
    private void assertLeftOut(String token) throws IOException {
        int rows = rows();
        List<String> log = Logged.during(() -> {
            try (MaskFiller filler = MaskFiller.open(model.toString())) {
                Tokenizer tokenizer = filler.model().tokenizer();
                assertThat(tokenizer.vocabularySize()).isEqualTo(rows);
                assertThat(tokenizer.id(token)).isEmpty();
                assertThat(tokenizer.specialNames()).doesNotContain(token);
                assertThat(filler.model().special().highest()).isLessThan(rows);
                assertThat(tokenizer.encode(token, true)).isNotEmpty().satisfies(ids -> assertThat(IntStream.of(ids))
                        .allMatch(id -> id < rows));
                assertThat(filler.fill("it was " + token + " {mask}", 2)).hasSize(2);
                assertThatThrownBy(() -> filler.fill("{special:\"" + token + "\"} it was {mask}", 2))
                        .hasMessageStartingWith("[TemplateUnknownSpecialToken]");
            }
        });
        assertThat(log)
                .filteredOn(line -> line.contains("its tokenizer is read without " + token))
                .hasSize(1);
    }

    private int rows() throws IOException {
        return read("config.json").get("vocab_size").getAsInt();
    }

    private void add(String content, int id, boolean special) throws IOException {
        JsonObject tokenizer = read("tokenizer.json");
        JsonObject token = JsonParser.parseString(
                        "{\"single_word\": false, \"lstrip\": false, \"rstrip\": false, \"normalized\": false}")
                .getAsJsonObject();
        token.addProperty("content", content);
        token.addProperty("id", id);
        token.addProperty("special", special);
        tokenizer.getAsJsonArray("added_tokens").add(token);
        write("tokenizer.json", tokenizer);
    }

    @Test
    void rowsWithoutAnIdDoNoHarm() throws IOException {
        JsonObject tokenizer = read("tokenizer.json");
        JsonObject vocabulary = tokenizer.getAsJsonObject("model").getAsJsonObject("vocab");
        int last = vocabulary.size() - 1;
        vocabulary.entrySet().removeIf(entry -> entry.getValue().getAsInt() == last);
        write("tokenizer.json", tokenizer);
        try (LanguageModel open = open()) {
            assertThat(open.tokenizer().vocabularySize()).isEqualTo(last);
            assertThat(open.backbone().shape().vocabularySize()).isEqualTo(last + 1);
        }
    }

    @Test
    void architecturesAreUnderstoodWhereThereIsNoModelType() throws IOException {
        JsonObject config = read("config.json");
        config.remove("model_type");
        config.add("architectures", JsonParser.parseString("[\"LlamaForCausalLM\"]"));
        write("config.json", config);
        try (LanguageModel open = open()) {
            assertThat(open.textBackbone()).isNotNull();
        }
    }

    @Test
    void aModelOfNoKindSaysThatItSaysNone() throws IOException {
        JsonObject config = read("config.json");
        config.remove("model_type");
        write("config.json", config);
        assertThatThrownBy(this::open)
                .hasMessageStartingWith("[ModelUnsupported]")
                .hasMessageContaining("has neither a model_type nor architectures that say it")
                .hasMessageContaining("albert, bert, camembert");
    }

    @Test
    void theTypeIsLookedAtBeforeTheTokenizer() throws IOException {
        JsonObject config = read("config.json");
        config.addProperty("model_type", "deberta-v2");
        write("config.json", config);
        Files.writeString(model.resolve("tokenizer.json"), "no JSON");
        assertThatThrownBy(this::open)
                .hasMessageStartingWith("[ModelUnsupported]")
                .hasMessageContaining("is of type deberta-v2")
                .hasMessageContaining("albert, bert, camembert");
    }

    private LanguageModel open() {
        return LanguageModel.open(model.toString());
    }

    private JsonObject read(String file) throws IOException {
        return JsonParser.parseString(Files.readString(model.resolve(file))).getAsJsonObject();
    }

    private void write(String file, JsonObject content) throws IOException {
        Files.writeString(model.resolve(file), content.toString());
    }
}
