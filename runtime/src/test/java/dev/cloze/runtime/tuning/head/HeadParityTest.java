package dev.cloze.runtime.tuning.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.HeadFixture;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The heads of every family against transformers' sequence classifiers: logits within 1e-5, gradients within 1e-4. */
class HeadParityTest {

    static Stream<HeadFixture> fixtures() throws IOException, URISyntaxException {
        return HeadFixture.all();
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void scoresAreTheClassifiersLogits(HeadFixture fixture) throws IOException {
        try (Backbone backbone = fixture.load();
                Checkpoint numbers = fixture.numbers();
                Head head = head(fixture, backbone, numbers)) {
            float[] logits = HeadFixture.array(numbers.floats("logits"));
            float[][] states = backbone.vectors(rows(fixture, head), StatePooling.PLACES);
            int labels = logits.length / states.length;
            FixedHead fixed = FixedHead.of(head);
            for (int r = 0; r < states.length; r++) {
                assertThat(fixed.scores(states[r]))
                        .containsExactly(Arrays.copyOfRange(logits, r * labels, (r + 1) * labels), within(1e-5f));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void theGradientOfEveryWeightIsTheClassifiers(HeadFixture fixture) throws IOException {
        try (Backbone loaded = fixture.load();
                Checkpoint numbers = fixture.numbers();
                Backbone body = loaded.trainableBody();
                Head head = head(fixture, body, numbers)) {
            double loss = backward(fixture, body, head);
            assertThat(loss).isCloseTo(fixture.json().get("loss").getAsDouble(), within(1e-5));
            Map<WeightSlot, NDArray> weights = new LinkedHashMap<>(body.weights());
            weights.putAll(head.weights());
            Set<String> compared = new TreeSet<>();
            weights.forEach((slot, weight) -> {
                Map<String, Tensor> gradients = slot.published(weight.getGradient());
                gradients.forEach((name, gradient) -> {
                    assertThat(HeadFixture.array(gradient.data()))
                            .as(name)
                            .containsExactly(expected(numbers, name), within(1e-4f));
                    compared.add(name);
                });
            });
            assertThat(compared)
                    .isEqualTo(numbers.names().stream()
                            .filter(name -> name.startsWith("loss."))
                            .map(HeadParityTest::ours)
                            .collect(Collectors.toSet()));
        }
    }

    private static double backward(HeadFixture fixture, Backbone body, Head head) {
        try (NDManager scope = body.memory().newSubManager();
                Kernel kernel = Kernel.compile(scope, KernelSource.read("tuning", Map.of()));
                Gradients gradients = Gradients.record()) {
            NDArray loss = HeadObjective.of(
                            head, StatePooling.PLACES, rows(fixture, head), new HeadTargets.Hard(fixture.labels()))
                    .of(body, kernel)
                    .loss(scope, new int[] {0, 1, 2}, 1, 1, Dropout.NONE);
            gradients.backward(loss);
            return loss.getFloat();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void whatIsDroppedFollowsFromTheSeedAndWhatIsPublished(HeadFixture fixture) throws IOException {
        try (Backbone backbone = fixture.load();
                Checkpoint numbers = fixture.numbers();
                Head head = head(fixture, backbone, numbers);
                NDManager scope = backbone.memory().newSubManager()) {
            NDArray states = new HeadStates(backbone, StatePooling.PLACES).of(scope, rows(fixture, head), Dropout.NONE);
            float[] kept = head.scores(scope, states).toFloatArray();
            float[] one = head.scores(scope, states, new Dropout(0.1, 0.1, 5)).toFloatArray();
            float[] again = head.scores(scope, states, new Dropout(0.1, 0.1, 5)).toFloatArray();
            assertThat(again).containsExactly(one);
            assertThat(head.scores(scope, states, Dropout.NONE).toFloatArray()).containsExactly(kept, within(1e-6f));
            boolean drops = head.shape().dropout() > 0;
            float[] seeds = new float[8];
            for (int seed = 0; seed < seeds.length; seed++) {
                seeds[seed] = head.scores(scope, states, new Dropout(0.1, 0.1, seed + 1))
                        .sum()
                        .getFloat();
            }
            assertThat(Set.of(boxed(seeds)).size() > 1).isEqualTo(drops);
        }
    }

    private static Float[] boxed(float[] numbers) {
        Set<Float> distinct = new TreeSet<>();
        for (float number : numbers) {
            distinct.add(number);
        }
        return distinct.toArray(Float[]::new);
    }

    /** With the fixture's weights, those of the folder among them. */
    private static Head head(HeadFixture fixture, Backbone backbone, Checkpoint numbers) throws IOException {
        ClassifierHead shape = backbone.classifier();
        try (Checkpoint folder = Checkpoint.open(fixture.folder());
                WeightsReader reader =
                        new WeightsReader(folder, BackboneFamilies.of("tiny", fixture.config()), "tiny")) {
            WeightSource source = (memory, slot) -> {
                String name = "head." + slot.parts().get(0);
                return numbers.names().contains(name)
                        ? memory.create(numbers.floats(name), new Shape(numbers.shape(name)), DataType.FLOAT32)
                        : reader.weight(memory, slot);
            };
            return Head.of(shape, backbone.shape().hiddenSize(), 3, backbone.device(), source.trainable());
        }
    }

    private static List<TokenRow> rows(HeadFixture fixture, Head head) {
        return fixture.rows(head.shape().lastToken());
    }

    private static float[] expected(Checkpoint numbers, String name) {
        return numbers.names().stream()
                .filter(stored -> stored.startsWith("loss.") && ours(stored).equals(name))
                .findFirst()
                .map(stored -> HeadFixture.array(numbers.floats(stored)))
                .orElseThrow(() -> new AssertionError("no gradient of " + name));
    }

    /** T5's classifier holds its model under a name of its own. */
    private static String ours(String stored) {
        return stored.substring("loss.".length()).replaceFirst("^transformer\\.(?=shared|encoder|decoder)", "");
    }
}
