package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.engine.TensorStore;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Writing step by step with a cache says what reading the whole text anew would. */
class DecoderCacheTest {

    static Stream<DecoderFixture> fixtures() throws IOException, URISyntaxException {
        return DecoderFixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void cachedLogitsAreThoseOfTheWholeText(DecoderFixture fixture) throws IOException {
        try (Decoder loaded = fixture.load();
                Decoder decoder = DecoderFixture.inDoubles(loaded)) {
            Written written = new Written(decoder, List.of(new int[] {5, 9, 2, 30}), 12, new Random(3));
            written.check();
            for (int step = 0; step < 12; step++) {
                written.advance(new int[] {0});
                written.check();
            }
            written.close();
        }
    }

    /** Prompts of unequal length branch, come together again, and are left out one after the other. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void treesOfRowsAndDroppedPromptsChangeNothing(DecoderFixture fixture) throws IOException {
        try (Decoder loaded = fixture.load();
                Decoder decoder = DecoderFixture.inDoubles(loaded)) {
            List<int[]> prompts = List.of(new int[] {5}, new int[] {7, 8, 9, 10, 11, 12}, new int[] {3, 4, 40});
            Written written = new Written(decoder, prompts, 9, new Random(4));
            written.check();
            int[][] steps = {
                {0, 0, 0, 1, 1, 1, 2, 2, 2},
                {0, 0, 2, 3, 4, 5, 8, 8, 8},
                {2, 1, 5, 3, 6, 6},
                {2, 3, 4, 5},
                {0, 0, 0, 2, 3, 3},
                {4, 5, 5, 5},
                {3},
                {0},
                {0, 0}
            };
            for (int[] parents : steps) {
                written.advance(parents);
                written.check();
            }
            written.close();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void aSharedBeginningComputedOnceChangesNothing(DecoderFixture fixture) throws IOException {
        try (Decoder loaded = fixture.load();
                Decoder decoder = DecoderFixture.inDoubles(loaded);
                NDManager scope = decoder.memory().newSubManager()) {
            int[] beginning = new Random(5).ints(20, 0, 60).toArray();
            List<int[]> prompts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int[] prompt = Arrays.copyOf(beginning, 20 + i);
                Arrays.fill(prompt, 20, 20 + i, 50 + i);
                prompts.add(prompt);
            }
            for (Injection injection : List.of(Injection.NONE, prefix(decoder, scope))) {
                Written written = new Written(decoder, prompts, 4, injection, new Random(6));
                written.check();
                written.advance(new int[] {0, 1, 2, 3});
                written.check();
                written.advance(new int[] {0, 0, 3, 3});
                written.check();
                written.close();
            }
        }
    }

    private static Injection prefix(Decoder decoder, NDManager scope) {
        return Injection.ofPrefix(PrefixSite.DECODER, decoder.activations(scope, new int[] {11, 4, 59}));
    }

    /** Of numbers of 32 bits, the cached and the others are rounded differently: by less than 1e-5 of the largest logit. */
    @ParameterizedTest
    @MethodSource("fixtures")
    void numbersOf32BitsAgreeAsFarAsTheyCan(DecoderFixture fixture) throws IOException {
        try (Decoder decoder = fixture.load()) {
            List<int[]> prompts = List.of(new int[] {5, 9, 2, 30}, new int[] {7, 11});
            Written written = new Written(decoder, prompts, 5, new Random(7));
            for (int[] parents : new int[][] {{0, 0, 1, 1}, {0, 1, 2, 3}, {1, 0, 3, 3}, {0, 1}, {0}}) {
                written.advance(parents);
                written.check();
            }
            written.close();
        }
    }

    /**
     * One row, a few, and more than matrices as they are serve quickly. Matrices that are trained are never packed: steps with
     * them are the same.
     */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 4", "5, 4"})
    void unpackedMatricesGiveTheSameSteps(int prompts, int width, @TempDir Path folder) throws Exception {
        List<int[]> texts = IntStream.range(0, prompts)
                .mapToObj(i -> new Random(i).ints(3 + i, 0, 60).toArray())
                .toList();
        int[] first = IntStream.range(0, prompts * width).map(r -> r / width).toArray();
        int[] next = IntStream.range(0, prompts * width).toArray();
        try (Decoder decoder = DecoderFixture.wide(folder);
                Decoder unpacked = decoder.trainableCopy()) {
            for (Decoder either : List.of(unpacked, decoder)) {
                Written written = new Written(either, texts, 4, new Random(8));
                for (int[] parents : List.of(first, next, next, next)) {
                    written.advance(parents);
                    written.check();
                }
                written.close();
            }
        }
    }

    @Test
    void theCacheTakesWhatItsNumbersTakeWithinATenth() throws Exception {
        try (Decoder decoder = new DecoderFixture("llama3").load()) {
            long slot = slot(decoder);
            int[] parents = {0, 0, 0, 1, 1, 1};
            try (Decoding decoding = decoder.read(List.of(new int[32], new int[32]), 60, Injection.NONE)) {
                assertNumbers(decoding, 2 * 32 * slot);
                for (int step = 1; step <= 60; step++) {
                    decoding.advance(parents, new int[6]);
                    assertNumbers(decoding, 2 * (32 + 3 * step) * slot);
                    parents = new int[] {0, 1, 2, 3, 4, 5};
                }
                assertThat(decoding.cacheBytes()).isEqualTo(2 * (32 + 3 * 60) * slot);
            }
        }
    }

    /** Bytes of one slot of one prompt. */
    private static long slot(Decoder decoder) {
        DecoderConfig config = decoder.architecture().config();
        return 2L * config.layers() * config.keyValueHeads() * config.headSize() * Float.BYTES;
    }

    private static void assertNumbers(Decoding decoding, long numbers) {
        assertThat(decoding.cacheBytes()).isBetween(numbers, numbers + numbers / 10);
    }

    @Test
    void aDroppedPromptsMemoryIsGivenBack() throws Exception {
        try (Decoder decoder = new DecoderFixture("gpt2").load();
                Decoding decoding = decoder.read(List.of(new int[8], new int[8], new int[8]), 4, Injection.NONE)) {
            decoding.advance(new int[] {0, 1, 2}, new int[3]);
            long before = decoding.cacheBytes();
            decoding.advance(new int[] {1}, new int[1]);
            assertThat(decoding.rows()).isEqualTo(1);
            assertThat(decoding.cacheBytes()).isLessThan(before / 2);
        }
    }

    @Test
    void writingLeavesNoArraysBehind() throws Exception {
        try (Decoder decoder = new DecoderFixture("llama3").load()) {
            List<int[]> prompts = List.of(new int[] {1, 2, 3}, new int[] {4});
            decoder.read(prompts, 1, Injection.NONE).close();
            int before = decoder.memory().getManagedArrays().size();
            int stores = TensorStore.open();
            for (int i = 0; i < 50; i++) {
                try (Decoding decoding = decoder.read(prompts, 4, Injection.NONE)) {
                    decoding.advance(new int[] {0, 0, 1, 1}, new int[4]);
                    int during = decoder.memory().getManagedArrays().size();
                    decoding.advance(new int[] {3, 2}, new int[2]);
                    decoding.advance(new int[] {0, 1}, new int[2]);
                    assertThat(decoder.memory().getManagedArrays()).hasSize(during);
                    assertThat(TensorStore.open()).isEqualTo(stores + 1);
                }
                assertThat(decoder.memory().getManagedArrays()).hasSize(before);
                assertThat(TensorStore.open()).isEqualTo(stores);
            }
        }
    }

    /** Before there is a cache, while a shared beginning is read into it, and after. */
    @Test
    void aReadingThatFailsLeavesNothingBehind() throws Exception {
        try (Decoder decoder = new DecoderFixture("gpt2").load();
                NDManager scope = decoder.memory().newSubManager()) {
            decoder.read(List.of(new int[] {1}), 1, Injection.NONE).close();
            int[] unknown = new int[40];
            unknown[39] = 1_000_000;
            int[] unknownAtOnce = {1_000_000, 5};
            List<NDArray> narrow = Stream.generate(() -> scope.ones(new Shape(1, 1, 3, 2)))
                    .limit(4)
                    .toList();
            Injection prefix = Injection.ofPrefix(PrefixSite.DECODER, narrow);
            int before = decoder.memory().getManagedArrays().size();
            int stores = TensorStore.open();
            for (Executable reading : List.<Executable>of(
                    () -> decoder.read(List.of(unknownAtOnce), 1, Injection.NONE),
                    () -> decoder.read(List.of(unknown, new int[40]), 1, Injection.NONE),
                    () -> decoder.read(List.of(new int[] {5}), 1, prefix),
                    () -> decoder.activations(scope, unknown))) {
                assertThatThrownBy(reading::execute)
                        .isInstanceOfSatisfying(ClozeException.class, e -> assertThat(e.problem())
                                .isEqualTo(Problem.ENGINE_FAILURE));
                assertThat(TensorStore.open()).isEqualTo(stores);
                assertThat(decoder.memory().getManagedArrays()).hasSize(before);
            }
        }
    }

    @Test
    void aPromptBeyondThePositionsIsRefusedWithTheNumbers() throws Exception {
        try (Decoder decoder = new DecoderFixture("gpt2").load()) {
            int positions = decoder.shape().maxLength();
            List<int[]> long1 = List.of(new int[] {1}, new int[positions - 3]);
            assertThatThrownBy(() -> decoder.read(long1, 4, Injection.NONE))
                    .isInstanceOfSatisfying(
                            ClozeException.class, e -> assertThat(e.problem()).isEqualTo(Problem.INPUT_TOO_LONG))
                    .hasMessageContaining(
                            "A prompt of " + (positions - 3) + " tokens and 4 to be written after it exceed"
                                    + " the model's " + positions + " positions.")
                    .hasMessageContaining("Ask for at most 3 tokens");
            assertThatThrownBy(() -> decoder.read(List.of(new int[positions]), 1, Injection.NONE))
                    .hasMessageContaining("Shorten the prompt to fewer than " + positions + " tokens");
            decoder.read(long1, 3, Injection.NONE).close();
        }
    }

    @Test
    void rowsThatCannotBeAreRefused() throws Exception {
        try (Decoder decoder = new DecoderFixture("gpt2").load();
                Decoding decoding = decoder.read(List.of(new int[2], new int[2]), 2, Injection.NONE)) {
            for (int[] parents : new int[][] {{}, {0, 1, 1}, {2}, {-1}, {0, 1, 0, 1}}) {
                assertThatThrownBy(() -> decoding.advance(parents, new int[parents.length]))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            decoding.advance(new int[] {0, 1}, new int[2]);
            decoding.advance(new int[] {0, 1}, new int[2]);
            assertThatThrownBy(() -> decoding.advance(new int[] {0, 1}, new int[2]))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    /** Texts as they are written, beside the decoding that writes them. */
    private static final class Written {

        private final Decoder decoder;
        private final Decoding decoding;
        private final Injection injection;
        private final Random random;
        private final double precision;
        private List<int[]> texts;

        Written(Decoder decoder, List<int[]> prompts, int most, Random random) {
            this(decoder, prompts, most, Injection.NONE, random);
        }

        Written(Decoder decoder, List<int[]> prompts, int most, Injection injection, Random random) {
            this.decoder = decoder;
            this.decoding = decoder.read(prompts, most, injection);
            this.injection = injection;
            this.texts = prompts;
            this.random = random;
            this.precision = decoding.logits().getDataType() == DataType.FLOAT64 ? 1e-11 : 1e-5;
        }

        void advance(int[] parents) {
            int[] tokens = random.ints(parents.length, 0, 60).toArray();
            texts = IntStream.range(0, parents.length)
                    .mapToObj(r -> {
                        int[] parent = texts.get(parents[r]);
                        int[] text = Arrays.copyOf(parent, parent.length + 1);
                        text[parent.length] = tokens[r];
                        return text;
                    })
                    .toList();
            decoding.advance(parents, tokens);
        }

        void check() {
            assertThat(decoding.rows()).isEqualTo(texts.size());
            double[] logits = numbers(decoding.logits());
            int words = logits.length / texts.size();
            for (int r = 0; r < texts.size(); r++) {
                try (NDManager scope = decoder.memory().newSubManager()) {
                    double[] whole = numbers(decoder.everywhere(scope, texts.get(r), injection));
                    double[] last = Arrays.copyOfRange(whole, whole.length - words, whole.length);
                    double largest = Arrays.stream(last).map(Math::abs).max().orElseThrow();
                    assertThat(Arrays.copyOfRange(logits, r * words, (r + 1) * words))
                            .containsExactly(last, within(precision * largest));
                }
            }
        }

        private static double[] numbers(NDArray array) {
            return array.toType(DataType.FLOAT64, true).toDoubleArray();
        }

        void close() {
            decoding.close();
        }
    }
}
