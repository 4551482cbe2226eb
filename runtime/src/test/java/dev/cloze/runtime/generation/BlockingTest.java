package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Blocked;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tokenizer.TokenizerFixtures;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What forbidden words block with T5's tokenizer, which reads "cat" as if a space stood before it. */
class BlockingTest {

    private Tokenizer tokenizer;

    @BeforeEach
    void open() {
        tokenizer = Tokenizer.open(TokenizerFixtures.folder("t5-spiece"));
    }

    @AfterEach
    void close() {
        tokenizer.close();
    }

    private Blocked behind(String word, String... written) {
        GenerationOptions options = GenerationOptions.defaults().withForbidden(word);
        int[] text = Arrays.stream(written).mapToInt(this::id).toArray();
        return Blocking.of(options, tokenizer, new int[0], tokenizer.vocabularySize())
                .now(text.length, 1, row -> text);
    }

    private int id(String token) {
        return tokenizer.id(token).orElseThrow();
    }

    @Test
    void aWordOfOneTokenIsNotWrittenBehindALetterEither() {
        assertThat(behind("on", "\u2581the").everywhere()).containsExactlyInAnyOrder(id("\u2581on"), id("on"));
    }

    @Test
    void aWordOfSeveralTokensIsNotFinishedInEitherSpelling() {
        assertThat(tokenizer.encode("cat", false)).containsExactly(id("\u2581ca"), id("t"));
        assertThat(behind("cat", "\u2581the", "\u2581ca").tokens()).containsExactly(id("t"));
        assertThat(behind("cat", "\u2581the", "c").tokens()).containsExactly(id("at"));
        assertThat(behind("cat", "\u2581the", "at").tokens()).isEmpty();
    }
}
