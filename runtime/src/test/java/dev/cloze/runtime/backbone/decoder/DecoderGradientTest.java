package dev.cloze.runtime.backbone.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.SoftInputs;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.engine.Gradients;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gradient that is written out for a decoder that stays as it is, against what libtorch records of one that is trained. */
class DecoderGradientTest {

    private static final int PREFIX = 3;

    /** Of lengths that are padded, and one target of a single token. */
    private static final List<TextRow> ROWS = List.of(
            new TextRow(new int[] {-1, -2, 11, 4}, new int[] {5, 41, 33, 2, 5}),
            new TextRow(new int[] {-1, -2, 3}, new int[] {4}),
            new TextRow(new int[] {-1, -2, 59, 8, 19, 7}, new int[] {9, 14, 6}));

    static Stream<DecoderFixture> fixtures() throws IOException, URISyntaxException {
        return DecoderFixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whatIsWrittenOutIsWhatIsRecorded(DecoderFixture fixture) throws IOException {
        try (Decoder frozen = fixture.load();
                Decoder trained = (Decoder) frozen.trainableCopy()) {
            for (int rows : List.of(0, 1, ROWS.size())) {
                Learnt recorded = Learnt.of(trained, rows);
                Learnt written = Learnt.of(frozen, rows);
                recorded.gradients().addAll(0, List.of(recorded.losses()));
                written.gradients().addAll(0, List.of(written.losses()));
                for (int i = 0; i < recorded.gradients().size(); i++) {
                    assertThat(written.gradients().get(i))
                            .as("prefix of %d rows, array %d", rows, i)
                            .containsExactly(recorded.gradients().get(i), within(1e-4f));
                }
            }
        }
    }

    /** Losses of ROWS, and the gradients of their sum, where each row counts differently. */
    private record Learnt(float[] losses, List<float[]> gradients) {

        /** @param rows of the prefix, 0 for none */
        static Learnt of(Decoder decoder, int rows) {
            try (NDManager scope = decoder.memory().newSubManager()) {
                SoftInputs soft = new SoftInputs(scope);
                List<NDArray> inputs = new ArrayList<>();
                inputs.add(small(soft.array(new Shape(2, decoder.shape().hiddenSize()))));
                if (rows > 0) {
                    soft.prefix(decoder.shape(), rows, PREFIX).forEach(array -> inputs.add(small(array)));
                }
                inputs.forEach(array -> array.setRequiresGradient(true));
                Injection injection = rows == 0
                        ? Injection.ofVirtualTokens(inputs.get(0))
                        : new Injection(
                                null,
                                inputs.get(0),
                                Map.of(PrefixSite.DECODER, inputs.subList(1, inputs.size())),
                                new int[] {PREFIX},
                                rows == 1 ? Map.of() : Map.of(PrefixSite.DECODER, new int[] {3, 1, 2}));
                try (Gradients gradients = Gradients.record()) {
                    NDArray losses = decoder.targetLoss(scope, ROWS, Dropout.NONE, injection);
                    gradients.backward(
                            losses.mul(scope.create(new float[] {1, -2, 0.5f})).sum());
                    return new Learnt(
                            losses.toFloatArray(),
                            new ArrayList<>(inputs.stream()
                                    .map(array -> array.getGradient().toFloatArray())
                                    .toList()));
                }
            }
        }

        private static NDArray small(NDArray numbers) {
            return numbers.mul(0.3).toType(DataType.FLOAT32, true);
        }
    }
}
