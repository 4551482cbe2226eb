package dev.cloze.runtime.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.TinyModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at first when a model is opened, and whether its tokenizer fits. */
class ModelAndTokenizerTest {

    @TempDir
    Path scratch;

    private Path model;

    @BeforeEach
    void makeModel() {
        model = TinyModels.decoder(scratch.resolve("model"), 32, List.of());
    }

    @Test
    void aTokenizerWithMoreIdsThanTheEmbeddingHasRowsIsRefusedWithBothNumbers() throws IOException {
        int rows = read("config.json").get("vocab_size").getAsInt();
        JsonObject tokenizer = read("tokenizer.json");
        JsonObject token = JsonParser.parseString("{\"content\": \"covid\", \"single_word\": false, \"lstrip\": false,"
                        + " \"rstrip\": false, \"normalized\": false, \"special\": false}")
                .getAsJsonObject();
        token.addProperty("id", rows);
        JsonArray added = tokenizer.has("added_tokens") ? tokenizer.getAsJsonArray("added_tokens") : new JsonArray();
        added.add(token);
        tokenizer.add("added_tokens", added);
        write("tokenizer.json", tokenizer);
        assertThatThrownBy(this::open)
                .isInstanceOf(ClozeException.class)
                .hasMessageStartingWith("[TokenizerTooLarge]")
                .hasMessageContaining("has %d ids, but its embedding has %d rows".formatted(rows + 1, rows));
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
