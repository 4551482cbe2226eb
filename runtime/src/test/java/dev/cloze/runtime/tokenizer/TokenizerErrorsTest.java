package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerErrorsTest {

    @TempDir
    Path folder;

    @Test
    void aFolderWithoutTokenizerSaysWhatWasLookedFor() {
        opening()
                .hasMessageContaining("[ModelIncomplete] The model folder " + folder + " has no tokenizer")
                .hasMessageContaining("tokenizer.json, or vocab.txt, or vocab.json with merges.txt");
    }

    @Test
    void aSentencePieceModelThatIsNoneIsUnreadable() {
        file("spiece.model", "version https://git-lfs.github.com/spec/v1\noid sha256:00\n");
        opening()
                .hasMessageContaining("[TokenizerUnreadable] The tokenizer file " + folder.resolve("spiece.model"))
                .hasMessageContaining("it is not a SentencePiece model");
    }

    @Test
    void aFileCutShortIsUnreadable() {
        file("tokenizer.json", "{\"model\": {\"type\": \"Wor");
        opening().hasMessageContaining("[TokenizerUnreadable]").hasMessageContaining("it is not a JSON object");
    }

    @Test
    void aFileOfAnotherShapeIsUnreadable() {
        for (String json : new String[] {"[]", "{}", "{\"model\": 3}", "{\"model\": {\"vocab\": {\"a\": \"b\"}}}"}) {
            file("tokenizer.json", json);
            opening().hasMessageContaining("[TokenizerUnreadable]").hasMessageContaining("tokenizer.json");
        }
    }

    @Test
    void whatTheLibraryRefusesIsQuoted() {
        file("tokenizer.json", "{\"version\": \"1.0\", \"model\": {\"type\": \"Magic\", \"vocab\": {\"a\": 0}}}");
        opening()
                .hasMessageContaining("[TokenizerUnreadable]")
                .hasMessageContaining("the tokenizers library refuses it");
    }

    @Test
    void bytesThatAreNotTextAreUnreadable() throws IOException {
        Files.write(folder.resolve("vocab.txt"), new byte[] {(byte) 0xFF, (byte) 0xFE, 0x00});
        opening().hasMessageContaining("[TokenizerUnreadable]").hasMessageContaining("it is not UTF-8 text");
    }

    @Test
    void aVocabularyWithoutTheFrameOfATextIsNamed() {
        file("vocab.txt", "[PAD]\n[UNK]\ngreat\n");
        opening().hasMessageContaining("[TokenizerUnreadable]").hasMessageContaining("has no token [SEP]");
    }

    @Test
    void mergesOfAnotherVocabularyAreRefused() {
        file("vocab.json", "{\"a\": 0, \"b\": 1}");
        file("merges.txt", "#version: 0.2\na b\n");
        opening().hasMessageContaining("[TokenizerUnreadable]").hasMessageContaining("ab");
    }

    private AbstractThrowableAssert<?, ?> opening() {
        return assertThatThrownBy(() -> Tokenizer.open(folder)).isInstanceOf(dev.cloze.problem.ClozeException.class);
    }

    private void file(String name, String content) {
        try {
            Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
