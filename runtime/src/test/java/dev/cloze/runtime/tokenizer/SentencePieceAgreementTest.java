package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.tokenizer.TokenizerFixtures.Expected;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A SentencePiece model gives the ids of the fast tokenizer that Hugging Face's transformers make from it. */
class SentencePieceAgreementTest {

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"t5-spiece", "albert-spiece", "xlm-roberta-spiece", "llama-spiece"})
    void eachFamilyGivesTheIdsOfItsFastTokenizer(String name) {
        agrees(TokenizerFixtures.folder(name), name);
    }

    @Test
    void thePublishedModelOfT5GivesTheIdsOfItsFastTokenizer() {
        agrees(t5(), "t5-published");
    }

    /** The texts of expected.json, and for T5 those with sentinels in between. */
    private static void agrees(Path folder, String name) {
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            for (Expected expected : TokenizerFixtures.expected(name, "expected.json")) {
                assertThat(tokenizer.encode(expected.text(), true))
                        .as(expected.text())
                        .isEqualTo(expected.ids());
                assertThat(tokenizer.vocabulary().encode(expected.text()))
                        .as(expected.text())
                        .isEqualTo(boxed(expected.ids()));
            }
            if (name.startsWith("t5")) {
                for (Expected expected : TokenizerFixtures.expected(name, "sentinels.json")) {
                    assertThat(encodeAround(tokenizer, expected.text()))
                            .as(expected.text())
                            .isEqualTo(boxed(expected.ids()));
                }
            }
        }
    }

    /** A text with sentinels, which only a template can put there: part by part. */
    private static List<Integer> encodeAround(Tokenizer tokenizer, String text) {
        List<Integer> ids = new ArrayList<>();
        for (String part : text.split("(?=<extra_id_)|(?<=<extra_id_\\d{1,2}>)")) {
            OptionalInt sentinel = tokenizer.id(part);
            if (sentinel.isPresent() && part.startsWith("<extra_id_")) {
                ids.add(sentinel.getAsInt());
            } else {
                ids.addAll(boxed(tokenizer.encode(part, ids.isEmpty())));
            }
        }
        return ids;
    }

    @ParameterizedTest
    @ValueSource(strings = {"t5-spiece", "albert-spiece", "xlm-roberta-spiece", "llama-spiece"})
    void theSettingsCountAsTheyDoForHuggingFace(String name) throws Exception {
        for (JsonElement element : TokenizerFixtures.rows(name, "settings.json")) {
            JsonObject row = element.getAsJsonObject();
            Path folder = TokenizerFixtures.copy(name, scratch, row.getAsJsonObject("settings"));
            try (Tokenizer tokenizer = Tokenizer.open(folder)) {
                for (JsonElement text : row.getAsJsonArray("texts")) {
                    Expected expected = Expected.of(text);
                    assertThat(tokenizer.encode(expected.text(), true))
                            .as(row.get("settings") + expected.text())
                            .isEqualTo(expected.ids());
                }
                SpecialTokens special = tokenizer.special();
                assertThat(Stream.of(
                                        special.start(),
                                        tokenizer.encode("great", true),
                                        special.between(),
                                        tokenizer.encode("good", true),
                                        special.end())
                                .flatMapToInt(IntStream::of))
                        .as(row.get("settings").toString())
                        .containsExactlyElementsOf(boxed(TokenizerFixtures.ids(row.get("pair"))));
            }
        }
    }

    /** The same settings beside a tokenizer.json: where add_prefix_space is written, transformers 4 makes it anew of the model. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"legacy\": true}", "{\"add_prefix_space\": false}"})
    void aLlamaTakesThemBesideAnotherTokenizerToo(String other) throws Exception {
        JsonObject tokenizer = TokenizerFolder.open(TokenizerFixtures.copy(
                        "llama-spiece", scratch, JsonParser.parseString(other).getAsJsonObject()))
                .tokenizer();
        int prefixed = 0;
        for (JsonElement element : TokenizerFixtures.rows("llama-spiece", "settings.json")) {
            JsonObject row = element.getAsJsonObject();
            if (row.getAsJsonObject("settings").has("add_prefix_space")) {
                prefixed++;
                Path folder = TokenizerFixtures.copy("llama-spiece", scratch, row.getAsJsonObject("settings"));
                Files.writeString(folder.resolve("tokenizer.json"), tokenizer.toString());
                try (Tokenizer opened = Tokenizer.open(folder)) {
                    for (JsonElement text : row.getAsJsonArray("texts")) {
                        Expected expected = Expected.of(text);
                        assertThat(opened.encode(expected.text(), true))
                                .as(row.get("settings") + expected.text())
                                .isEqualTo(expected.ids());
                    }
                }
            }
        }
        assertThat(prefixed).isPositive();
    }

    /** Every piece as a word, with a space before it and without. */
    @Test
    void theCompilersVocabularyAgreesOnEveryPieceOfT5() {
        try (Tokenizer tokenizer = Tokenizer.open(t5())) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(32_100);
            for (int id = 0; id < tokenizer.vocabularySize(); id++) {
                String piece = tokenizer.token(id).replace("▁", " ");
                for (String text : List.of(piece, " " + piece.strip(), "It was " + piece)) {
                    assertThat(tokenizer.vocabulary().encode(text))
                            .as(text)
                            .isEqualTo(boxed(tokenizer.encode(text, true)));
                }
            }
        }
    }

    private static Path t5() {
        Path folder = TokenizerFixtures.shared("models/tokenizers/t5");
        assumeTrue(Files.isDirectory(folder), "skipped: there is no folder shared/models/tokenizers/t5");
        return folder;
    }

    @ParameterizedTest
    @ValueSource(strings = {"t5-spiece", "xlm-roberta-spiece", "llama-spiece"})
    void decodingGivesTheTextBack(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder(name))) {
            String text = "It was great, wasn't it? The harbour was quiet.";
            assertThat(tokenizer.decode(tokenizer.encode(text, true))).isEqualTo(text);
        }
    }

    private static List<Integer> boxed(int[] ids) {
        return IntStream.of(ids).boxed().toList();
    }
}
