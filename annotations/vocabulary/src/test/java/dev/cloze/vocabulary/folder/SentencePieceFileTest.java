package dev.cloze.vocabulary.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencePieceFileTest {

    private static final byte[] T5 = SentencePieceBytes.t5("a", "b", "▁ab").ended(1, 2);

    @TempDir
    Path folder;

    @Test
    void aHundredSentinelsComeAfterThePieces() throws IOException {
        write("spiece.model", T5);
        Vocabulary vocabulary = TokenizerFolder.open(folder).vocabulary();
        assertThat(vocabulary.size()).isEqualTo(107);
        assertThat(vocabulary.token(106)).isEqualTo("<extra_id_0>");
        assertThat(vocabulary.token(7)).isEqualTo("<extra_id_99>");
        assertThat(vocabulary.encode("ab <extra_id_0>")).startsWith(6).doesNotContain(106);
    }

    @ParameterizedTest
    @CsvSource({"0, 7", "384, 391"})
    void theSettingsSayHowManySentinelsThereAre(int extraIds, int size) throws IOException {
        write("spiece.model", T5);
        write("tokenizer_config.json", "{\"extra_ids\": " + extraIds + "}");
        assertThat(TokenizerFolder.open(folder).vocabulary().size()).isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"-1, extra_ids in tokenizer_config.json is -1", "2000000000, is 2000000000", "many, another shape"})
    void aNumberOfSentinelsThatCannotBeIsRefused(String extraIds, String reason) throws IOException {
        write("spiece.model", T5);
        write("tokenizer_config.json", "{\"extra_ids\": \"" + extraIds + "\"}");
        unreadable().hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource({"1", "4"})
    void sentinelsThatArePiecesAsMt5sAreSpecial(int type) throws IOException {
        write(
                "spiece.model",
                SentencePieceBytes.t5("a").piece("▁<extra_id_0>", 0, type).ended(1, 2));
        Vocabulary vocabulary = TokenizerFolder.open(folder).vocabulary();
        assertThat(vocabulary.size()).isEqualTo(6);
        assertThat(vocabulary.id("▁<extra_id_0>")).hasValue(5);
        assertThat(vocabulary.encode("<extra_id_0>")).doesNotContain(5);
        assertThat(vocabulary.encode("▁<extra_id_0>")).doesNotContain(5);
    }

    @Test
    void aModelOfWordsIsRefused() throws IOException {
        write("spiece.model", SentencePieceBytes.t5("a").ended(3, 2));
        unreadable().hasMessageContaining("its model_type is 3");
    }

    @Test
    void aModelWithoutTheTokenAroundEveryTextIsNamed() throws IOException {
        write("spiece.model", SentencePieceBytes.t5("[CLS]").ended(1, 2));
        unreadable().hasMessageContaining("has no token [SEP]");
    }

    @Test
    void aFileCutShortIsNamed() throws IOException {
        write("spiece.model", java.util.Arrays.copyOf(T5, T5.length / 2));
        unreadable()
                .hasMessageContaining(folder.resolve("spiece.model").toString())
                .hasMessageContaining("it is cut short");
    }

    @Test
    void aFileOfAnotherSizeThanAnyTokenizerIsNotReadWhole() throws IOException {
        try (var file =
                new java.io.RandomAccessFile(folder.resolve("spiece.model").toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        unreadable().hasMessageContaining("it is larger than 32 MB");
    }

    @Test
    void mergesAreInTheOrderOfTheirScores() throws IOException {
        write(
                "tokenizer.model",
                SentencePieceBytes.t5("<s>", "a", "b", "c")
                        .piece("bc", -1, 1)
                        .piece("ab", -2, 1)
                        .piece("abc", -3, 1)
                        .ended(2, 2));
        JsonObject model = TokenizerFolder.open(folder).tokenizer().getAsJsonObject("model");
        JsonArray merges = model.getAsJsonArray("merges");
        assertThat(merges.toString()).isEqualTo("[[\"b\",\"c\"],[\"a\",\"b\"],[\"ab\",\"c\"],[\"a\",\"bc\"]]");
    }

    private AbstractThrowableAssert<?, ?> unreadable() {
        return assertThatThrownBy(() -> TokenizerFolder.open(folder).vocabulary())
                .isInstanceOfSatisfying(
                        ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOKENIZER_UNREADABLE));
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
