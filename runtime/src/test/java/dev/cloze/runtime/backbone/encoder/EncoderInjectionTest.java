package dev.cloze.runtime.backbone.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.GradientTensors;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input embeddings and prefixes, as soft methods put them into every family of encoders. */
class EncoderInjectionTest {

    private static final int PREFIX = 3;
    private static final int[] WORDS = {7, 9, 11};

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void embeddingsOfTheIdsGiveTheLogitsOfTheIds(String family) throws IOException, URISyntaxException {
        try (Encoder encoder = new ParityFixture(family).load();
                NDManager scope = encoder.memory().newSubManager()) {
            List<TokenRow> rows = rows(family);
            Injection injection = Injection.ofEmbeddings(encoder.embeddings(scope, rows));
            assertThat(logits(encoder, scope, rows, injection))
                    .containsExactly(logits(encoder, scope, rows, Injection.NONE), within(1e-6f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void aRowBehindAPrefixIsIndependentOfPaddingAndNeighbours(String family) throws IOException, URISyntaxException {
        try (Encoder encoder = new ParityFixture(family).load();
                NDManager scope = encoder.memory().newSubManager()) {
            List<TokenRow> rows = rows(family);
            Injection injection = Injection.ofPrefix(PrefixSite.ENCODER, prefixes(encoder, scope));
            float[] together = logits(encoder, scope, rows, injection);
            float[] plain = logits(encoder, scope, rows, Injection.NONE);
            assertThat(together).isNotEqualTo(plain);
            for (int r = 0; r < rows.size(); r++) {
                float[] alone = logits(encoder, scope, List.of(rows.get(r)), injection);
                int from = r * WORDS.length;
                assertThat(java.util.Arrays.copyOfRange(together, from, from + WORDS.length))
                        .containsExactly(alone, within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void nothingFrozenTakesAGradient(String family) throws IOException, URISyntaxException {
        try (Encoder encoder = new ParityFixture(family).load();
                NDManager scope = encoder.memory().newSubManager()) {
            List<NDArray> prefixes = prefixes(encoder, scope);
            prefixes.forEach(array -> array.setRequiresGradient(true));
            try (Gradients gradients = Gradients.record()) {
                NDArray logits = encoder.logits(
                        scope,
                        rows(family),
                        WORDS,
                        false,
                        Dropout.NONE,
                        Injection.ofPrefix(PrefixSite.ENCODER, prefixes));
                gradients.backward(logits.square().sum());
            }
            assertThat(prefixes).allMatch(NDArray::hasGradient).allMatch(GradientTensors::isAt);
            assertThat(encoder.weights().values()).noneMatch(NDArray::hasGradient).noneMatch(GradientTensors::isAt);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"bert-tied", "roberta", "albert", "distilbert"})
    void gradientsOfEmbeddingsAndPrefixesAreFiniteDifferences(String family) throws IOException, URISyntaxException {
        try (Encoder encoder = new ParityFixture(family).load();
                NDManager scope = encoder.memory().newSubManager();
                Exact exact = new Exact(encoder, scope, rows(family))) {
            List<NDArray> variables = new ArrayList<>(prefixes(encoder, scope).stream()
                    .map(array -> array.toType(DataType.FLOAT64, true))
                    .toList());
            variables.add(encoder.embeddings(scope, rows(family)).toType(DataType.FLOAT64, true));
            variables.forEach(array -> array.setRequiresGradient(true));
            try (Gradients gradients = Gradients.record()) {
                gradients.backward(exact.loss(variables));
            }
            Random random = new Random(3);
            for (NDArray variable : variables) {
                double[] gradient = variable.getGradient().toDoubleArray();
                for (int sample = 0; sample < 4; sample++) {
                    int at = random.nextInt(gradient.length);
                    assertThat(gradient[at])
                            .as("element %d of %s", at, variable.getShape())
                            .isCloseTo(exact.difference(variables, variable, at), within(1e-6));
                }
            }
        }
    }

    private static List<TokenRow> rows(String family) throws IOException, URISyntaxException {
        return new ParityFixture(family)
                .rows("right").stream()
                        .map(row -> new TokenRow(row.ids(), row.segments(), new int[] {row.length() / 2}))
                        .toList();
    }

    private static float[] logits(Encoder encoder, NDManager scope, List<TokenRow> rows, Injection injection) {
        return encoder.logits(scope, rows, WORDS, false, Dropout.NONE, injection)
                .toFloatArray();
    }

    private static List<NDArray> prefixes(Encoder encoder, NDManager scope) {
        int layers = encoder.shape().layers();
        Shape shape = new Shape(
                1, encoder.shape().keyValueHeads(), PREFIX, encoder.shape().headSize());
        Random random = new Random(1);
        List<NDArray> prefixes = new ArrayList<>();
        for (int i = 0; i < 2 * layers; i++) {
            float[] values = new float[(int) shape.size()];
            for (int j = 0; j < values.length; j++) {
                values[j] = (float) random.nextGaussian();
            }
            prefixes.add(scope.create(values, shape));
        }
        return prefixes;
    }

    /** The encoder's kernel on weights in float64, with a loss that every logit moves. */
    private static final class Exact implements AutoCloseable {
        private static final double STEP = 1e-6;

        private final NDManager scope;
        private final Kernel kernel;
        private final EncoderBatch batch;
        private final List<TensorList> weights;

        Exact(Encoder encoder, NDManager scope, List<TokenRow> rows) {
            this.scope = scope;
            this.kernel = Kernel.compile(scope, encoder.architecture().kernel());
            this.batch =
                    EncoderBatch.of(scope, rows, encoder.architecture().config().positionOffset());
            EncoderWeights table = encoder.architecture().weights();
            this.weights = List.of(
                    list(encoder, "embedding", table.embedding()),
                    list(encoder, "layers", table.layers()),
                    list(encoder, "head", table.head()));
        }

        private TensorList list(
                Encoder encoder, String name, List<Optional<dev.cloze.runtime.backbone.WeightSlot>> slots) {
            return TensorList.named(
                    name,
                    slots.stream()
                            .map(slot -> slot.map(encoder.weights()::get)
                                    .map(array -> array.toType(DataType.FLOAT64, true))
                                    .orElseGet(() -> scope.create(new double[0])))
                            .toList());
        }

        NDArray loss(List<NDArray> variables) {
            int last = variables.size() - 1;
            try (TensorList prefixes = TensorList.named("prefixes", variables.subList(0, last))) {
                NDArray logits = kernel.train(
                        scope,
                        "forward",
                        batch.ids(),
                        batch.segments(),
                        batch.positions(),
                        batch.mask(),
                        batch.asked(),
                        scope.create(new long[] {WORDS[0], WORDS[1], WORDS[2]}),
                        Control.of(scope, 0, 0, 0, 0),
                        variables.get(last),
                        prefixes,
                        weights.get(0),
                        weights.get(1),
                        weights.get(2));
                return logits.tanh().sum();
            }
        }

        double difference(List<NDArray> variables, NDArray variable, int at) {
            return (shifted(variables, variable, at, STEP) - shifted(variables, variable, at, -STEP)) / (2 * STEP);
        }

        private double shifted(List<NDArray> variables, NDArray variable, int at, double by) {
            double[] values = variable.toDoubleArray();
            values[at] += by;
            List<NDArray> moved = new ArrayList<>(variables);
            moved.set(variables.indexOf(variable), scope.create(values, variable.getShape()));
            return loss(moved).getDouble();
        }

        @Override
        public void close() {
            weights.forEach(TensorList::close);
            kernel.close();
        }
    }
}
