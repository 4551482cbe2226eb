package dev.cloze.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.vocabulary.folder.TokenizerFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Added tokens that nothing declares special are words: a text with them has the ids that transformers gives it. */
class AddedTokensTest {

    @TempDir
    Path scratch;

    static List<AddedTokenCase> cases() throws IOException {
        return AddedTokenCase.all(Fixtures.folder(""));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aTextWithThemHasTheIdsOfTransformers(AddedTokenCase given) throws IOException {
        Vocabulary vocabulary =
                TokenizerFolder.open(given.write(scratch.resolve("model"))).vocabulary();
        assertThat(given.expected()).isNotEmpty();
        given.expected()
                .forEach((text, byVersion) -> byVersion.forEach(
                        ids -> assertThat(vocabulary.encode(text)).as(text).isEqualTo(ids)));
    }

    @Test
    void whatIsDeclaredSpecialStaysText() throws IOException {
        AddedTokenCase flags = cases().stream()
                .filter(given -> given.name().equals("bert-flags"))
                .findFirst()
                .orElseThrow();
        Vocabulary vocabulary =
                TokenizerFolder.open(flags.write(scratch.resolve("model"))).vocabulary();
        int special = vocabulary.id("</think>").orElseThrow();
        assertThat(vocabulary.encode("great </think> [MASK]"))
                .isNotEmpty()
                .doesNotContain(special, vocabulary.id("[MASK]").orElseThrow());
        assertThat(vocabulary.encode("<think>"))
                .containsExactly(vocabulary.id("<think>").orElseThrow());
    }

    @Test
    void anIdThatTheLibraryWouldNotGiveIsRefused() throws IOException {
        Files.copy(Fixtures.folder("bert-uncased").resolve("vocab.txt"), scratch.resolve("vocab.txt"));
        Files.writeString(scratch.resolve("added_tokens.json"), "{\"COVID\": 1207}");
        assertThatThrownBy(() -> TokenizerFolder.open(scratch).vocabulary())
                .isInstanceOf(ClozeException.class)
                .hasMessageStartingWith("[TokenizerUnreadable]")
                .hasMessageContaining("\"COVID\" has the id 1207, but the tokenizers library makes it 1200");
    }

    @Test
    void anAddedWordIsALabelWordOfOneToken() throws IOException {
        Files.copy(Fixtures.folder("bert-uncased").resolve("vocab.txt"), scratch.resolve("vocab.txt"));
        Files.writeString(scratch.resolve("added_tokens.json"), "{\"COVID\": 1200}");
        Vocabulary vocabulary = TokenizerFolder.open(scratch).vocabulary();
        assertThat(vocabulary.encodeWord("COVID", true)).containsExactly(1200);
        assertThat(vocabulary.encodeWord("covid", true)).containsExactly(1200);
    }
}
