package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.engine.LargeWork;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of all families have large batches wait for their turn, and small ones not. */
@Timeout(60)
class LargeCallsTest {

    private static final int[] WORDS = {7, 8};
    private static final int LENGTH = 10;
    private static final int LITTLE = 3;
    private static final int MUCH = 60; // times nine tokens and more

    @ParameterizedTest
    @ValueSource(strings = {"parity/bert-tied", "parity-decoder/llama3", "parity-t5/t5"})
    void labelsOfManyTextsWaitForTheirTurn(String name) throws Exception {
        try (Backbone backbone = TinyBackbones.load(name)) {
            assertLargeAloneWaits(texts -> {
                List<TokenRow> rows = texts(texts)
                        .map(text -> new TokenRow(text, new int[LENGTH], new int[] {LENGTH - 1}))
                        .toList();
                return backbone.scores(rows, WORDS, false).length;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parity-decoder/gpt2", "parity-decoder/llama3", "parity-t5/t5"})
    void promptsOfManyTextsWaitForTheirTurn(String name) throws Exception {
        try (TextBackbone backbone = (TextBackbone) TinyBackbones.load(name)) {
            assertLargeAloneWaits(texts -> {
                try (Decoding decoding = backbone.read(texts(texts).toList(), 1, Injection.NONE)) {
                    return (int) decoding.logits().getShape().get(0);
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parity-decoder/gpt2", "parity-t5/t5"})
    void longTargetsOfShortSourcesWaitForTheirTurn(String name) throws Exception {
        try (TextBackbone backbone = (TextBackbone) TinyBackbones.load(name)) {
            assertLargeAloneWaits(texts -> {
                List<TextRow> rows = texts(texts)
                        .map(text -> new TextRow(new int[] {5}, text))
                        .toList();
                return backbone.targetLosses(rows).length;
            });
        }
    }

    /** So many that differ from their first token on. */
    private static Stream<int[]> texts(int count) {
        Random random = new Random(5);
        return IntStream.range(0, count)
                .mapToObj(i -> IntStream.concat(IntStream.of(3 + i), random.ints(LENGTH - 1, 3, 60))
                        .toArray());
    }

    /** @param asking asks for so many texts, and says how many it has got */
    private static void assertLargeAloneWaits(IntUnaryOperator asking) throws Exception {
        int turns = Runtime.getRuntime().availableProcessors();
        CountDownLatch taken = new CountDownLatch(turns);
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            assertThat(asking.applyAsInt(LITTLE)).isEqualTo(LITTLE); // and what is made once is there
            for (int i = 0; i < turns; i++) {
                threads.submit(() -> LargeWork.of(1_000_000, () -> {
                    taken.countDown();
                    return await(end);
                }));
            }
            assertThat(await(taken)).isTrue();
            assertThat(threads.submit(() -> asking.applyAsInt(LITTLE)).get()).isEqualTo(LITTLE);
            Future<Integer> large = threads.submit(() -> asking.applyAsInt(MUCH));
            assertThatThrownBy(() -> large.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            end.countDown();
            assertThat(large.get()).isEqualTo(MUCH);
        } finally {
            end.countDown();
            threads.shutdown();
        }
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(40, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
