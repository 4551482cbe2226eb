package dev.cloze.runtime.backbone.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of the weights are made for writing, but no text is written with old ones. */
class TrainedWritingTest {

    @ParameterizedTest
    @ValueSource(strings = {"parity-decoder/llama3", "parity-t5/t5"})
    void whatIsBeingTrainedIsWrittenWithAsItStands(String name) throws IOException {
        try (TextBackbone model = (TextBackbone) TinyBackbones.load(name);
                TextBackbone trained = model.trainableCopy()) {
            float[] before = next(trained);
            assertThat(before).containsExactly(next(model), within(1e-5f));
            trained.weights().values().forEach(TrainedWritingTest::change);
            try (TextBackbone after = model.withWeights(trained.weights())) {
                float[] expected = next(after);
                assertThat(next(trained)).containsExactly(expected, within(1e-5f));
                assertThat(expected).isNotEqualTo(before);
            }
        }
    }

    /** In place, as an optimizer does. */
    private static void change(NDArray weight) {
        float[] numbers = weight.toFloatArray();
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] *= i % 2 == 0 ? 0.9f : 1.1f;
        }
        weight.set(FloatBuffer.wrap(numbers));
    }

    /** What comes second. */
    private static float[] next(TextBackbone model) {
        try (Decoding decoding = model.read(List.of(new int[] {5, 9, 2, 30}), 2, Injection.NONE)) {
            decoding.advance(new int[] {0}, new int[] {7});
            return decoding.logits().toFloatArray();
        }
    }
}
