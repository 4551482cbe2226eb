package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.LargeWork;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
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
        try (Backbone backbone = load(name)) {
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
        try (TextBackbone backbone = (TextBackbone) load(name)) {
            assertLargeAloneWaits(texts -> {
                try (Decoding decoding = backbone.read(texts(texts).toList(), 1, Injection.NONE)) {
                    return (int) decoding.logits().getShape().get(0);
                }
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
            await(taken);
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

    private static Backbone load(String name) throws IOException, URISyntaxException {
        Path folder = Path.of(Objects.requireNonNull(LargeCallsTest.class.getResource("/" + name))
                .toURI());
        JsonObject config = JsonParser.parseString(Files.readString(folder.resolve("config.json")))
                .getAsJsonObject();
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        }
    }
}
