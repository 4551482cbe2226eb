package dev.cloze.vocabulary.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerFolderTest {

    private static final byte[] T5 = SentencePieceBytes.t5("a", "b", "▁ab").ended(1, 2);

    @TempDir
    Path folder;

    @Test
    void tokenizerJsonIsPreferred() throws IOException {
        write("spiece.model", T5);
        write("tokenizer.json", "{\"model\": {\"type\": \"WordPiece\", \"unk_token\": \"a\", \"vocab\": {\"a\": 0}}}");
        assertThat(TokenizerFolder.open(folder).vocabulary().size()).isEqualTo(1);
    }

    @Test
    void aJarIsReadAsAFolderIs() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("models/mine"));
        Files.write(inside.resolve("spiece.model"), T5);
        Files.writeString(inside.resolve("tokenizer_config.json"), "{\"extra_ids\": 2}");
        try (URLClassLoader jars = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            assertThat(TokenizerFolder.isIn(jars, "models/other")).isFalse();
            assertThat(TokenizerFolder.isIn(jars, "models/mine")).isTrue();
            assertThat(TokenizerFolder.open(jars, "models/mine").vocabulary().size())
                    .isEqualTo(9);
        }
    }

    @Test
    void aFolderWithoutAnyOfTheFilesIsIncomplete() {
        assertThat(TokenizerFolder.isIn(folder)).isFalse();
        assertThatThrownBy(() -> TokenizerFolder.open(folder).vocabulary())
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("[ModelIncomplete]")
                .hasMessageContaining("spiece.model, sentencepiece.bpe.model, tokenizer.model");
    }

    @ParameterizedTest
    @CsvSource({"vocab.txt, BertJapaneseTokenizer", "vocab.json, BlenderbotTokenizerFast"})
    void aVocabularyOfAClassThatReadsItInAnotherWayIsRefused(String file, String name) throws IOException {
        write(file, file.endsWith("json") ? "{\"<s>\": 0, \"</s>\": 1, \"<unk>\": 2}" : "[UNK]\n[CLS]\n[SEP]\n");
        write("merges.txt", "#version: 0.2\n");
        TokenizerFolder.open(folder).vocabulary();
        write("tokenizer_config.json", "{\"tokenizer_class\": \"" + name + "\"}");
        assertThatThrownBy(() -> TokenizerFolder.open(folder).vocabulary())
                .isInstanceOf(ClozeException.class)
                .hasMessageContaining("[TokenizerUnreadable]")
                .hasMessageContaining("it is that of " + name + ", and Cloze converts those of ");
    }

    private void write(String name, byte[] content) throws IOException {
        Files.write(folder.resolve(name), content);
    }

    private void write(String name, String content) throws IOException {
        Files.writeString(folder.resolve(name), content);
    }
}
