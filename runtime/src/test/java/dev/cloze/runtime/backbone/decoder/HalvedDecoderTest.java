package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.HalfFloats;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Decoders whose weights have 16 bits write what they would in float64, and their weights stay what they were. */
class HalvedDecoderTest {

    /** Below it the numbers of 16 bits are fewer. */
    private static final float LEAST = 0x1p-14f;

    /** All that float16 has of a float32 number. */
    private static final int KEPT = 0xFFFFE000;

    static Stream<DecoderFixture> fixtures() throws IOException, URISyntaxException {
        return DecoderFixture.all();
    }

    @BeforeEach
    void findLibrary() {
        assumeTrue(HalfFloats.isThere(ComputeDevice.CPU), "nothing multiplies with matrices of 16 bits here");
    }

    private static Decoder halved(Decoder decoder) {
        return decoder.withWeights(Checkpoint.of(Path.of("halved"), rounded(decoder.tensors())), "halved");
    }

    private static Map<String, Tensor> rounded(Map<String, Tensor> tensors) {
        Map<String, Tensor> rounded = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            float[] numbers = DecoderFixture.array(tensor.data());
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Math.abs(numbers[i]) < LEAST
                        ? 0
                        : Float.intBitsToFloat(Float.floatToRawIntBits(numbers[i]) & KEPT);
            }
            rounded.put(name, Tensor.of(numbers, tensor.shape()));
        });
        return rounded;
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void logitsAreThoseOfFloat64(DecoderFixture fixture) throws IOException {
        try (Decoder loaded = fixture.load();
                Decoder decoder = halved(loaded);
                Decoder exact = DecoderFixture.inDoubles(decoder)) {
            List<float[]> found = written(decoder);
            List<float[]> expected = written(exact);
            for (int i = 0; i < found.size(); i++) {
                DecoderFixture.assertClose(found.get(i), expected.get(i));
                assertThat(written(decoder).get(i)).isEqualTo(found.get(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void weightsComeBackAndAreReadInOtherWaysToo(DecoderFixture fixture) throws IOException {
        List<TextRow> rows = fixture.targets();
        try (Decoder loaded = fixture.load();
                Decoder decoder = halved(loaded);
                Decoder untouched = halved(loaded)) {
            written(decoder);
            assertThat(decoder.targetLosses(rows, Injection.NONE))
                    .isEqualTo(untouched.targetLosses(rows, Injection.NONE));
            Map<String, Tensor> expected = rounded(loaded.tensors());
            decoder.tensors().forEach((name, tensor) -> assertThat(DecoderFixture.array(tensor.data()))
                    .as(name)
                    .isEqualTo(DecoderFixture.array(
                            Objects.requireNonNull(expected.get(name)).data())));
            assertThat(written(decoder)).hasSize(4);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void wordsAreKeptOnceAndInHalfTheRoom(DecoderFixture fixture) throws IOException {
        try (Decoder loaded = fixture.load();
                Decoder decoder = halved(loaded)) {
            long before = tables(decoder, DataType.FLOAT32);
            written(decoder);
            long after = tables(decoder, DataType.FLOAT32);
            assertThat(after).isLessThan(before); // of matrices some can be as large
            assertThat(tables(decoder, DataType.FLOAT16)).isEqualTo(1);
            decoder.targetLosses(fixture.targets(), Injection.NONE);
            assertThat(tables(decoder, DataType.FLOAT32)).isGreaterThan(after);
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void wholeTextsBehindVirtualTokensHalveNothing(DecoderFixture fixture) throws IOException {
        try (Decoder loaded = fixture.load();
                Decoder decoder = halved(loaded);
                NDManager scope = decoder.memory().newSubManager()) {
            TextRow text = fixture.targets().get(0);
            decoder.targetLosses(List.of(text), Injection.NONE);
            Injection virtual = Injection.ofVirtualTokens(
                    scope.ones(new Shape(1, decoder.shape().hiddenSize())));
            int before = decoder.memory().getManagedArrays().size();
            int[] source = text.source().clone();
            source[0] = Injection.virtualId(0);
            TextRow behind = new TextRow(source, text.target());
            decoder.targetLosses(List.of(behind), virtual);
            assertThat(decoder.memory().getManagedArrays()).hasSize(before);
        }
    }

    /** How many arrays of such numbers are there of the size of the words' embeddings. */
    private static long tables(Decoder decoder, DataType type) {
        Tensor words = decoder.tensors().values().iterator().next();
        return decoder.memory().getManagedArrays().stream()
                .filter(array -> Arrays.equals(array.getShape().getShape(), words.shape()))
                .filter(array -> array.getDataType() == type)
                .count();
    }

    /** Logits after prompts of unequal length, and after three further tokens of each. */
    private static List<float[]> written(Decoder decoder) {
        List<int[]> prompts = List.of(new int[] {5, 9, 2, 30}, new int[] {7, 8});
        List<float[]> logits = new ArrayList<>();
        try (Decoding decoding = decoder.read(prompts, 3, Injection.NONE)) {
            logits.add(numbers(decoding));
            for (int step = 0; step < 3; step++) {
                decoding.advance(new int[] {0, 1}, new int[] {11 + step, 20 - step});
                logits.add(numbers(decoding));
            }
        }
        return logits;
    }

    private static float[] numbers(Decoding decoding) {
        try (NDArray logits = decoding.logits().toType(DataType.FLOAT32, true)) {
            return logits.toFloatArray();
        }
    }
}
