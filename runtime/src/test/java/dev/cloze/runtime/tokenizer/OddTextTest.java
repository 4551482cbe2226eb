package dev.cloze.runtime.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that break naive code, and many threads at once. */
class OddTextTest {

    private static final String ALL = "\0\u0001\u001B\u007F\u0085\u200B\u200D\u202E\uFEFF\u2028\uFFFD\uFFFF";

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "roberta",
                "gpt2",
                "xlm-roberta",
                "albert",
                "t5-first",
                "llama",
                "whitespace",
                "t5-spiece",
                "albert-spiece",
                "xlm-roberta-spiece",
                "llama-spiece"
            })
    void oddTextsGiveTheAnswerOfTheCompilersVocabulary(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.unpacked(name, scratch))) {
            for (String text : oddTexts()) {
                assertThat(boxed(tokenizer.encode(text, true)))
                        .as("%x", text.hashCode())
                        .isEqualTo(tokenizer.vocabulary().encode(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "roberta", "xlm-roberta", "t5-first", "llama"})
    void anUnpairedSurrogateIsAReplacementCharacterAndTheRestStaysWhole(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.unpacked(name, scratch))) {
            assertThat(tokenizer.encode("a \uD83D b 😀 \uDE00", true))
                    .isEqualTo(tokenizer.encode("a \uFFFD b 😀 \uFFFD", true));
        }
    }

    @Test
    void aNulIsDroppedByBertAndAByteToRoberta() {
        try (Tokenizer bert = Tokenizer.open(TokenizerFixtures.defaultModel());
                Tokenizer roberta = Tokenizer.open(TokenizerFixtures.folder("roberta"))) {
            assertThat(bert.encode("gr\0eat", true)).isEqualTo(bert.encode("great", true));
            assertThat(roberta.token(roberta.encode("a\0b", true)[1])).isEqualTo("\u0100");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "roberta", "xlm-roberta", "llama"})
    void aHundredThousandCharactersAreEncodedWhole(String name) {
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.unpacked(name, scratch))) {
            String sentence = " The harbour was quiet";
            int one = tokenizer.encode(sentence, false).length;
            int two = tokenizer.encode(sentence.repeat(2), false).length;
            assertThat(tokenizer.encode(sentence.repeat(4_600), false)).hasSize(one + 4_599 * (two - one));
            assertThat(tokenizer.encode("x".repeat(100_000), true)).isNotEmpty();
            assertThat(tokenizer.encode("😀".repeat(50_000), true)).isNotEmpty();
        }
    }

    @Test
    void sixteenThreadsGetTheResultsOfOne() throws Exception {
        List<String> texts = TokenizerFixtures.lines();
        try (Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.unpacked("xlm-roberta", scratch));
                Tokenizer single = Tokenizer.open(TokenizerFixtures.unpacked("xlm-roberta", scratch))) {
            List<int[]> alone =
                    texts.stream().map(text -> single.encode(text, true)).toList();
            Callable<List<int[]>> work = () ->
                    texts.stream().map(text -> tokenizer.encode(text, true)).toList();
            ExecutorService threads = Executors.newFixedThreadPool(16);
            try {
                for (Future<List<int[]>> result : threads.invokeAll(java.util.Collections.nCopies(64, work))) {
                    assertThat(result.get()).usingRecursiveComparison().isEqualTo(alone);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    void closingWhileOthersEncodeIsAnErrorForThemAndNeverACrash() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 5; round++) {
                Tokenizer tokenizer = Tokenizer.open(TokenizerFixtures.folder("roberta"));
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    running.add(threads.submit(() -> encodeUntilClosed(tokenizer)));
                }
                tokenizer.close();
                tokenizer.close();
                for (Future<?> each : running) {
                    each.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static void encodeUntilClosed(Tokenizer tokenizer) {
        assertThatThrownBy(() -> {
                    while (true) {
                        tokenizer.encode("東京 " + System.nanoTime(), true);
                    }
                })
                .isInstanceOf(ClozeException.class)
                .hasMessageStartingWith("[PipelineClosed]");
    }

    private static List<String> oddTexts() {
        List<String> texts = new ArrayList<>(List.of(
                "",
                " ",
                "\n\t ",
                "\uD800",
                "\uDC00\uD800",
                "a\uD83Db",
                "\0",
                "\0\0a\0",
                "😀",
                "👩‍👩‍👧",
                "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
                "\u202Eabc",
                "שלום",
                "مرحبا بالعالم",
                "a\u0301\u0301\u0301",
                "e\u200De",
                "\r\n",
                "x\u00A0y",
                "\uFFFE\uFFFF",
                "\u0000 1 2"));
        ALL.codePoints().forEach(c -> texts.add("good" + Character.toString(c) + "film " + Character.toString(c)));
        texts.add(ALL);
        return texts;
    }

    private static List<Integer> boxed(int[] ids) {
        return IntStream.of(ids).boxed().toList();
    }
}
