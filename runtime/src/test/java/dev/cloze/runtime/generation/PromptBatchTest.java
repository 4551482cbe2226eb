package dev.cloze.runtime.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptBatchTest {

    private static final int FEW = 4;

    private static List<int[]> prompts(int... lengths) {
        return Arrays.stream(lengths).mapToObj(int[]::new).toList();
    }

    private static List<PromptBatch> batches(List<int[]> prompts, int rows) {
        try (TableModel model = new TableModel(9, 1000, new int[0], context -> new float[9])) {
            return PromptBatch.of(model, prompts, Injection.NONE, rows, 20);
        }
    }

    @Test
    void paddingIsAtMostAQuarterOfThePromptsAndAFewTokensEach() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int longest = 1 + random.nextInt(900);
            List<int[]> prompts = prompts(random.ints(1 + random.nextInt(150), 1, longest + 1)
                    .map(length -> random.nextBoolean() ? length : 1 + length / 20)
                    .toArray());
            int rows = 1 + random.nextInt(20);
            List<Integer> seen = new ArrayList<>();
            int before = 0;
            for (PromptBatch batch : batches(prompts, rows)) {
                int[] lengths = Arrays.stream(batch.prompts())
                        .map(i -> prompts.get(i).length)
                        .toArray();
                int padded = lengths.length * lengths[lengths.length - 1];
                int tokens = IntStream.of(lengths).sum();
                assertThat(padded - tokens).isLessThanOrEqualTo(tokens / 4 + FEW * lengths.length);
                assertThat(lengths).isSorted();
                assertThat(lengths[0]).isGreaterThanOrEqualTo(before);
                assertThat(lengths.length).isLessThanOrEqualTo(Math.max(1, 64 / rows));
                assertThat(padded).isLessThanOrEqualTo(Math.max(16_384, lengths[lengths.length - 1]));
                before = lengths[lengths.length - 1];
                Arrays.stream(batch.prompts()).forEach(seen::add);
            }
            assertThat(seen)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, prompts.size()).boxed().toList());
        }
    }

    @Test
    void aShortPromptAndALongOneAreApartAndLikeOnesTogether() {
        assertThat(batches(prompts(200, 1), 1))
                .extracting(batch -> batch.prompts()[0])
                .containsExactly(1, 0);
        assertThat(batches(prompts(1, 2, 5, 3), 1)).hasSize(1);
        assertThat(batches(prompts(IntStream.range(0, 64).map(i -> 32 + i % 28).toArray()), 1))
                .hasSize(1);
    }

    /** As much as there is when they have been read, when the padding counts most. */
    @ParameterizedTest
    @CsvSource({"parity-decoder/llama2, 1", "parity-decoder/qwen2, 4", "parity-t5/t5, 1"})
    void theCacheOfUnequalPromptsTakesAQuarterMoreThanTheirNumbersAtMost(String name, int rows) throws Exception {
        List<int[]> prompts =
                prompts(IntStream.range(0, 60).map(i -> 1 + i * i / 36).toArray());
        prompts.forEach(prompt -> Arrays.fill(prompt, 5));
        try (TextBackbone model = GenerationParityTest.load(name)) {
            long slot = bytes(model, prompts(1));
            long taken = 0;
            for (PromptBatch batch : PromptBatch.of(model, prompts, Injection.NONE, rows, 20)) {
                taken += bytes(
                        model,
                        Arrays.stream(batch.prompts()).mapToObj(prompts::get).toList());
            }
            long tokens = prompts.stream().mapToInt(prompt -> prompt.length).sum();
            long most = tokens + tokens / 4 + FEW * prompts.size();
            assertThat(taken).isGreaterThanOrEqualTo(slot).isLessThanOrEqualTo(slot * (most + most / 10));
        }
    }

    private static long bytes(TextBackbone model, List<int[]> prompts) {
        try (Decoding decoding = model.read(prompts, 1, Injection.NONE)) {
            return decoding.cacheBytes();
        }
    }
}
