package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.cloze.runtime.tokenizer.TokenizerFixtures.Expected;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ids are those that Hugging Face's tokenizers give, from whatever files a folder has. */
class TokenizerAgreementTest {

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"bert-uncased", "bert-cased", "roberta", "gpt2"})
    void foldersWithoutTokenizerJsonGiveTheIdsOfTheFastTokenizers(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder(name))) {
            for (Expected expected : TokenizerFixtures.expected(name, "expected.json")) {
                assertThat(tokenizer.encode(expected.text(), true))
                        .as(expected.text())
                        .isEqualTo(expected.ids());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-uncased", "bert-cased"})
    void withoutSettingsTheVocabularyTellsWhetherItIsOfLowerCase(String name) throws Exception {
        Files.copy(TokenizerFixtures.folder(name).resolve("vocab.txt"), scratch.resolve("vocab.txt"));
        try (Tokenizer tokenizer = Tokenizer.open(scratch)) {
            for (Expected expected : TokenizerFixtures.expected(name, "expected.json")) {
                assertThat(tokenizer.encode(expected.text(), true))
                        .as(expected.text())
                        .isEqualTo(expected.ids());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"roberta-add-prefix-space", "xlm-roberta", "albert", "t5-first"})
    void whatFollowsTheMaskIsEncodedAsHuggingFaceDoes(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.unpacked(name, scratch))) {
            for (Expected expected : TokenizerFixtures.expected(name, "continued.json")) {
                assertThat(tokenizer.encode(expected.text(), false))
                        .as(expected.text())
                        .isEqualTo(expected.ids());
            }
        }
    }

    @Test
    void aTextThatGoesOnHasTheSpaceItBringsAndNoOther() {
        try (Tokenizer llama = Tokenizer.open(TokenizerFixtures.folder("llama"))) {
            assertThat(spelled(llama, " It was")).isEqualTo("▁It▁was");
            assertThat(spelled(llama, "It was")).isEqualTo("It▁was");
            assertThat(spelled(llama, "\nIt")).isEqualTo("\nIt");
        }
    }

    private static String spelled(Tokenizer tokenizer, String continued) {
        return IntStream.of(tokenizer.encode(continued, false))
                .mapToObj(tokenizer::token)
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @ValueSource(strings = {"roberta-add-prefix-space", "xlm-roberta", "albert", "t5-first", "llama", "split-rules"})
    void theCompilersVocabularyAgreesOnTextsThatGoOn(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.unpacked(name, scratch))) {
            for (String text : runningTexts()) {
                assertThat(tokenizer.vocabulary().encodeContinued(text))
                        .as(text)
                        .isEqualTo(IntStream.of(tokenizer.encode(text, false))
                                .boxed()
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "bert-uncased",
                "bert-cased",
                "roberta",
                "gpt2",
                "roberta-add-prefix-space",
                "xlm-roberta",
                "albert",
                "t5-first",
                "llama",
                "split-rules",
                "whitespace",
                "t5-spiece",
                "albert-spiece",
                "xlm-roberta-spiece",
                "llama-spiece"
            })
    void rememberedWordsGiveTheLibrarysIds(String name) {
        Path path = TokenizerFixtures.unpacked(name, scratch);
        TokenizerFolder folder = TokenizerFolder.open(path);
        JsonObject json = folder.tokenizer();
        Disguise.apply(json, new TokenNames(json).specials());
        try (Tokenizer tokenizer = Tokenizer.open(path);
                NativeTokenizer library = new NativeTokenizer(json.toString())) {
            TextStart.unmark(json);
            try (NativeTokenizer later = new NativeTokenizer(json.toString())) {
                for (String text : runningTexts()) {
                    assertThat(tokenizer.encode(text, true)).as(text).isEqualTo(library.encode(text));
                    assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(later.encode(text));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt2", "bert-base-chinese", "bert-base-uncased", "t5"})
    void theCompilersVocabularyAgreesOnRealTokenizers(String name) {
        Path folder = TokenizerFixtures.shared("models/tokenizers/" + name);
        assumeTrue(Files.isDirectory(folder), "skipped: there is no folder shared/models/tokenizers/" + name);
        try (Tokenizer tokenizer = Tokenizer.open(folder)) {
            for (String text : runningTexts()) {
                assertThat(tokenizer.vocabulary().encode(text)).as(text).isEqualTo(boxed(tokenizer.encode(text, true)));
            }
        }
    }

    private static List<Integer> boxed(int[] ids) {
        return IntStream.of(ids).boxed().toList();
    }

    @Test
    void decodingGivesTheTextBack() {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder("roberta"))) {
            String text = "Naïve café 😀, don't you think? 你好";
            assertThat(tokenizer.decode(tokenizer.encode(text, true))).isEqualTo(text);
            assertThat(tokenizer.decode(new int[] {tokenizer.special().mask()})).isEmpty();
        }
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.defaultModel())) {
            assertThat(tokenizer.decode(tokenizer.encode("It was great, but unforgettably long.", true)))
                    .isEqualTo("it was great, but unforgettably long.");
        }
    }

    /** Lines, their beginnings, and odd spacing; each twice, so that the second time words are known. */
    private static List<String> runningTexts() {
        List<String> texts =
                new ArrayList<>(List.of("", " ", "a", " a", "a ", "  a", "a  b", " a b ", "\ta b", "a\tb"));
        for (String line : TokenizerFixtures.lines()) {
            texts.add(line);
            texts.add(" " + line);
            texts.add(line.replace(" ", "  "));
            texts.addAll(List.of(line.split(" ")));
        }
        texts.addAll(List.copyOf(texts));
        return texts;
    }
}
