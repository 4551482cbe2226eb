package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.Generated;
import dev.cloze.runtime.GenerationListener;
import dev.cloze.runtime.GenerationOptions;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.tokenizer.SpecialTokens;
import dev.cloze.runtime.tokenizer.Tokenizer;
import dev.cloze.runtime.tokenizer.TokenizerFixtures;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A prompt and the text written after it are the text of all their tokens, wherever the prompt ends. */
class PromptEndTest {

    private static final String TEXT = "The old bridges of Lisbon, unquestionably \uD83D\uDE00 好, are 12 m high.";
    private static final GenerationOptions OPTIONS = GenerationOptions.defaults();

    @ParameterizedTest
    @ValueSource(strings = {"llama-spiece", "bert-uncased", "gpt2"})
    void aTextGoesOnWhereThePromptEnds(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder(name))) {
            int[] ids = tokenizer.encode(TEXT, true);
            int compared = 0;
            for (int at = 0; at < ids.length; at++) {
                String prompt = tokenizer.decode(Arrays.copyOf(ids, at));
                if (prompt.indexOf(WrittenText.BROKEN) < 0) {
                    assertGoesOn(tokenizer, prompt, ids, at);
                    compared++;
                }
            }
            assertThat(compared).isGreaterThan(12);
        }
    }

    private static void assertGoesOn(Tokenizer tokenizer, String prompt, int[] ids, int at) {
        String rest = tokenizer.decode(ids).substring(prompt.length());
        assertThat(prompt + rest).isEqualTo(tokenizer.decode(ids));
        StringBuilder heard = new StringBuilder();
        GenerationListener listener = (number, piece) -> heard.append(piece);
        assertThat(written(tokenizer, ids, at, OPTIONS, GenerationListener.NONE))
                .isEqualTo(rest);
        assertThat(written(tokenizer, ids, at, OPTIONS.withBeams(2), GenerationListener.NONE))
                .isEqualTo(rest);
        assertThat(written(tokenizer, ids, at, OPTIONS, listener)).isEqualTo(rest);
        assertThat(heard).hasToString(rest);
        assertThat(written(tokenizer, ids, at, OPTIONS.withStopWords("high"), GenerationListener.NONE))
                .isEqualTo(rest.split("high", 2)[0]);
    }

    /** Written after what begins a text and the ids before that place: the other ids. */
    private static String written(
            Tokenizer tokenizer, int[] ids, int at, GenerationOptions options, GenerationListener listener) {
        SpecialTokens special = tokenizer.special();
        int[] start = special.start().length > 0 ? special.start() : new int[] {tokenizer.vocabularySize()};
        int[] all = IntStream.concat(IntStream.of(start), IntStream.of(ids)).toArray();
        int end = tokenizer.vocabularySize() + 1;
        try (TableModel model = new TableModel(end + 1, 1_000, new int[] {end}, context -> {
            float[] row = new float[end + 1];
            row[context.length < all.length ? all[context.length] : end] = 20;
            return row;
        })) {
            List<int[]> prompt = List.of(Arrays.copyOf(all, start.length + at));
            Generated text = TextGenerator.generate(
                            model, tokenizer, model.endTokens(), prompt, Injection.NONE, options, listener)
                    .get(0)
                    .get(0);
            return text.text();
        }
    }
}
