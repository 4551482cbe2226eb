package dev.cloze.vocabulary.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import dev.cloze.vocabulary.Fixtures;
import dev.cloze.vocabulary.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a vocab.txt that comes alone is cased. */
class WordPieceCaseTest {

    @TempDir
    Path folder;

    /** bert-base-uncased has a double-struck R, and bert-base-chinese has "<S>". */
    @ParameterizedTest
    @CsvSource({"bert-base-uncased, The Movie, the movie", "bert-base-chinese, The App 很好, the app 很好"})
    void theRealOnesAreLowercase(String name, String written, String same) throws IOException {
        Optional<Path> vocabulary = Fixtures.shared("models/tokenizers/" + name + "/vocab.txt");
        assumeTrue(vocabulary.isPresent(), "skipped: there is no shared/models/tokenizers/" + name);
        Vocabulary read = of(Files.readString(vocabulary.orElseThrow()), "");
        assertThat(read.encode(written))
                .isEqualTo(read.encode(same))
                .doesNotContain(read.unknownId().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"bert-uncased, true", "bert-cased, false"})
    void thoseOfTheTestsAreWhatTheirNamesSay(String name, boolean lowercase) throws IOException {
        Files.copy(Fixtures.folder(name).resolve("vocab.txt"), folder.resolve("vocab.txt"));
        assertThat(isLowercase()).isEqualTo(lowercase);
    }

    @Test
    void aSingleWordWithACapitalAmongFewMakesAVocabularyCased() throws IOException {
        write(frame() + "a\nb\ngood\nGood\n");
        assertThat(isLowercase()).isFalse();
    }

    @Test
    void aVocabularyWithoutLettersOfEitherCaseIsLowercaseAsTheOriginalIs() throws IOException {
        write(frame() + "好\n坏\nℝ\n<S>\n");
        assertThat(isLowercase()).isTrue();
    }

    @Test
    void theSettingsWin() throws IOException {
        assertThat(of(frame() + "good\nGood\n", "{\"do_lower_case\": true}").encode("Good"))
                .containsExactly(5);
        assertThat(of(frame() + "good\n", "{\"do_lower_case\": false}").encode("Good"))
                .containsExactly(1);
    }

    private static String frame() {
        return "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n";
    }

    private Vocabulary of(String vocabulary, String settings) throws IOException {
        write(vocabulary);
        Files.writeString(folder.resolve("tokenizer_config.json"), settings.isEmpty() ? "{}" : settings);
        return TokenizerFolder.open(folder).vocabulary();
    }

    private void write(String vocabulary) throws IOException {
        Files.writeString(folder.resolve("vocab.txt"), vocabulary);
    }

    private boolean isLowercase() {
        JsonObject tokenizer = TokenizerFolder.open(folder).tokenizer();
        return tokenizer.getAsJsonObject("normalizer").get("lowercase").getAsBoolean();
    }
}
