package dev.cloze.vocabulary.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentencePieceFamilyTest {

    private static final byte[] T5 = SentencePieceBytes.t5("a", "b", "▁ab").ended(1, 2);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "T5TokenizerFast, 1, 106",
        "MT5Tokenizer, 1, 106",
        "AlbertTokenizer, 2, -1",
        "XLMRobertaTokenizerFast, 2, -1",
        "LlamaTokenizer, 1, -1"
    })
    void theClassInTheSettingsSaysWhoseModelItIs(String name, int around, int sentinel) throws IOException {
        write("spiece.model", SentencePieceBytes.t5("<s>", "[CLS]", "[SEP]").ended(1, 2));
        write("tokenizer_config.json", "{\"tokenizer_class\": \"" + name + "\"}");
        write("config.json", "{\"model_type\": \"unheard-of\"}");
        assertFamily(around, sentinel);
    }

    @ParameterizedTest
    @CsvSource({"t5, 1, 106", "mt5, 1, 106", "albert, 2, -1", "xlm-roberta, 2, -1", "llama, 1, -1", "mistral, 1, -1"})
    void otherwiseTheTypeOfTheModelSaysIt(String type, int around, int sentinel) throws IOException {
        write("tokenizer.model", SentencePieceBytes.t5("<s>", "[CLS]", "[SEP]").ended(1, 2));
        write("tokenizer_config.json", "{\"tokenizer_class\": null}");
        write("config.json", "{\"model_type\": \"" + type + "\"}");
        assertFamily(around, sentinel);
    }

    @ParameterizedTest
    @CsvSource({
        "spiece.model, 1, <s>, 1, 105",
        "spiece.model, 1, [CLS], 2, -1",
        "sentencepiece.bpe.model, 1, <s>, 2, -1",
        "tokenizer.model, 2, <s>, 1, -1"
    })
    void otherwiseTheFileItselfTellsIt(String file, int type, String piece, int around, int sentinel)
            throws IOException {
        write(file, SentencePieceBytes.t5(piece, "[SEP]").ended(type, 2));
        assertFamily(around, sentinel);
    }

    private void assertFamily(int around, int sentinel) {
        Vocabulary vocabulary = TokenizerFolder.open(folder).vocabulary();
        assertThat(vocabulary.specialTokensOfSingle()).isEqualTo(around);
        assertThat(vocabulary.id("<extra_id_0>"))
                .isEqualTo(sentinel < 0 ? OptionalInt.empty() : OptionalInt.of(sentinel));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "T5 | {} | always",
                "T5 | {'legacy': false} | first",
                "T5 | {'legacy': false, 'add_prefix_space': false} | never",
                "Llama | {'legacy': false} | first",
                "Albert | {'legacy': false, 'add_prefix_space': false} | always"
            })
    void theSettingsSayWhichWordsGetTheMarkOfASpace(String family, String settings, String scheme) throws IOException {
        write("spiece.model", SentencePieceBytes.t5("<s>", "[CLS]", "[SEP]").ended(1, 2));
        write("config.json", "{\"tokenizer_class\": \"" + family + "Tokenizer\"}");
        write("tokenizer_config.json", settings.replace('\'', '"'));
        JsonObject preTokenizer = TokenizerFolder.open(folder).tokenizer().getAsJsonObject("pre_tokenizer");
        assertThat(preTokenizer.get("prepend_scheme").getAsString()).isEqualTo(scheme);
    }

    @Test
    void aModelOfAnotherFamilyIsRefusedWithTheCure() throws IOException {
        write("spiece.model", T5);
        write("tokenizer_config.json", "{\"tokenizer_class\": \"XLNetTokenizer\"}");
        assertThatThrownBy(() -> TokenizerFolder.open(folder).vocabulary())
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining(
                        "it is that of XLNetTokenizer, and Cloze converts those of T5, ALBERT, XLM-RoBERTa")
                .hasMessageContaining("save the tokenizer anew with save_pretrained");
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
