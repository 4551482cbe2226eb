package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.Generated.FinishReason;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamingTest {

    private static final GenerationOptions OPTIONS = GenerationOptions.defaults();
    private static final int ST = 257;
    private static final int OP = 258;

    private static Tokenizer tokenizer;

    @BeforeAll
    static void open(@TempDir Path folder) {
        tokenizer = ByteTokens.open(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    /** What was streamed, and the text at the end. */
    private record Heard(List<String> pieces, Generated text) {}

    private static Heard hear(GenerationOptions options, int... script) {
        List<String> pieces = new ArrayList<>();
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, script)) {
            Generated text = TextGenerator.generate(
                            model,
                            tokenizer,
                            model.endTokens(),
                            List.of(new int[] {1}),
                            Injection.NONE,
                            options,
                            (prompt, piece) -> pieces.add(piece))
                    .get(0)
                    .get(0);
            return new Heard(pieces, text);
        }
    }

    private static int[] join(int[]... parts) {
        return java.util.Arrays.stream(parts).flatMapToInt(IntStream::of).toArray();
    }

    @Test
    void textComesTokenByToken() {
        Heard heard = hear(OPTIONS, ByteTokens.bytes("hello"));
        assertThat(heard.pieces()).containsExactly("h", "e", "l", "l", "o");
        assertThat(heard.text().text()).isEqualTo("hello");
    }

    @Test
    void aCharacterOfSeveralTokensComesWhole() {
        Heard heard = hear(OPTIONS, ByteTokens.bytes("aé€😀z"));
        assertThat(heard.pieces()).containsExactly("a", "é", "€", "😀", "z");
        assertThat(heard.text().text()).isEqualTo("aé€😀z");
    }

    @Test
    void halfACharacterAtTheEndIsNotShown() {
        Heard heard = hear(OPTIONS.withMaxTokens(3), ByteTokens.bytes("a€"));
        assertThat(heard.pieces()).containsExactly("a");
        assertThat(heard.text().text()).isEqualTo("a\uFFFD");
        assertThat(heard.text().ids()).hasSize(3);
    }

    @Test
    void bytesThatAreNoCharacterAreShownOnceThatIsCertain() {
        Heard heard = hear(OPTIONS, join(ByteTokens.bytes("a"), new int[] {1 + 0xE2}, ByteTokens.bytes("bc")));
        assertThat(heard.pieces()).containsExactly("a", "\uFFFDb", "c");
        assertThat(heard.text().text()).isEqualTo("a\uFFFDbc");
    }

    @Test
    void aStopWordThatStraddlesTokensEndsTheTextBeforeIt() {
        Heard heard = hear(
                OPTIONS.withStopWords("stop"),
                join(ByteTokens.bytes("go "), new int[] {ST, OP}, ByteTokens.bytes(" on")));
        assertThat(String.join("", heard.pieces())).isEqualTo("go ");
        assertThat(heard.text().text()).isEqualTo("go ");
        assertThat(heard.text().reason()).isEqualTo(FinishReason.STOP_WORD);
        assertThat(heard.text().ids()).hasSize(5).endsWith(ST, OP);
    }

    @Test
    void theBeginningOfAStopWordIsShownOnceItBecomesAnother() {
        Heard heard = hear(
                OPTIONS.withStopWords("stop!"),
                join(ByteTokens.bytes("a "), new int[] {ST, OP}, ByteTokens.bytes("ped")));
        assertThat(heard.pieces()).containsExactly("a", " ", "stopp", "e", "d");
        assertThat(heard.text().reason()).isEqualTo(FinishReason.END);
    }

    @Test
    void theBeginningOfAStopWordIsShownWhenTheTextEndsThere() {
        Heard heard = hear(OPTIONS.withStopWords("stop"), ByteTokens.bytes("do sto"));
        assertThat(String.join("", heard.pieces())).isEqualTo("do sto");
        assertThat(heard.text().text()).isEqualTo("do sto");
    }

    @Test
    void aStopWordMayBeInsideAToken() {
        Heard heard = hear(OPTIONS.withStopWords("t"), join(ByteTokens.bytes("go "), new int[] {ST, OP}));
        assertThat(heard.text().text()).isEqualTo("go s");
        assertThat(String.join("", heard.pieces())).isEqualTo("go s");
    }

    @Test
    void aStopWordMayEndInsideTheTokensOfACharacter() {
        Heard heard = hear(OPTIONS.withStopWords("€", "x€"), ByteTokens.bytes("15 x€ more"));
        assertThat(heard.text().text()).isEqualTo("15 ");
        assertThat(String.join("", heard.pieces())).isEqualTo("15 ");
        assertThat(heard.text().reason()).isEqualTo(FinishReason.STOP_WORD);
    }

    @Test
    void ofSeveralStopWordsTheOneThatBeginsFirstEndsTheText() {
        Heard heard = hear(OPTIONS.withStopWords("op", "st"), new int[] {ST, OP});
        assertThat(heard.text().text()).isEmpty();
        assertThat(heard.pieces()).isEmpty();
    }

    @Test
    void beamsTellTheWholeTextAtOnce() {
        Heard heard = hear(OPTIONS.withBeams(2).withSequences(2), ByteTokens.bytes("hello"));
        assertThat(heard.pieces()).containsExactly("hello");
    }

    @Test
    void severalSequencesTellTheFirstTextAtOnce() {
        Heard heard = hear(OPTIONS.withTemperature(0.5).withSequences(3), ByteTokens.bytes("hello"));
        assertThat(heard.pieces()).containsExactly("hello");
    }

    @Test
    void eachPieceSaysWhosePromptItBelongsTo() {
        StringBuilder[] texts = {new StringBuilder(), new StringBuilder()};
        try (TableModel model =
                TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("one"), ByteTokens.bytes("two more"))) {
            TextGenerator.generate(
                    model,
                    tokenizer,
                    model.endTokens(),
                    List.of(new int[] {2}, new int[] {1}),
                    Injection.NONE,
                    OPTIONS,
                    (prompt, piece) -> texts[prompt].append(piece));
        }
        assertThat(texts[0].toString()).isEqualTo("two more");
        assertThat(texts[1].toString()).isEqualTo("one");
    }

    @Test
    void aListenerThatHearsNothingChangesNothing() {
        try (TableModel model = TableModel.scripted(ByteTokens.VOCABULARY, ByteTokens.bytes("a€ stop"))) {
            Generated silent = TextGenerator.generate(
                            model,
                            tokenizer,
                            model.endTokens(),
                            List.of(new int[] {1}),
                            Injection.NONE,
                            OPTIONS.withStopWords("stop"),
                            GenerationListener.NONE)
                    .get(0)
                    .get(0);
            assertThat(silent.text()).isEqualTo("a€ ");
        }
    }
}
