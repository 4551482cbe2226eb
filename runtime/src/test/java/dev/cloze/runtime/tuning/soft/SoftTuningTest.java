package dev.cloze.runtime.tuning.soft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WeightDigest;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.mask.LabelObjective;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import dev.cloze.runtime.tuning.mask.TrainingExamples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of the training of any vectors in any backbone. */
class SoftTuningTest {

    private static final int LENGTH = 3;
    private static final int EXAMPLES = 8;
    private static final TrainingOptions OPTIONS = TrainingOptions.defaults();

    static Stream<String> all() {
        return Stream.concat(TinyBackbones.ENCODERS.stream(), TinyBackbones.WRITERS.stream());
    }

    @ParameterizedTest
    @MethodSource("all")
    void theLossFallsAndTheSharedBackboneStaysAsItIsWithoutAGradient(String name) throws IOException {
        try (Backbone shared = TinyBackbones.load(name);
                SoftTuning tuning = frozen(shared)) {
            String before = WeightDigest.of(shared);
            double first = step(tuning, 0, 0.05);
            double last = first;
            for (int i = 1; i < 40; i++) {
                last = step(tuning, 0, 0.05);
            }
            assertThat(last).isLessThan(first);
            assertThat(WeightDigest.of(shared)).isEqualTo(before);
            assertThat(shared.weights().values()).noneMatch(NDArray::hasGradient);
            try (SoftBackbone tuned = tuning.tuned()) {
                assertThat(tuned.tensors()).containsOnlyKeys(VirtualTokens.NAME);
            }
        }
    }

    @Test
    void nativeMemoryIsFlatOverTwoHundredStepsAndAllFreed() throws IOException {
        try (Backbone shared = TinyBackbones.load("parity/bert-tied")) {
            int roots = OpenRoots.count();
            try (SoftTuning tuning = frozen(shared)) {
                step(tuning, 0, 0.01);
                int base = shared.memory().getManagedArrays().size();
                int trained = tuning.managedArrays();
                for (int i = 1; i < 200; i++) {
                    step(tuning, i, 0.01);
                }
                assertThat(tuning.managedArrays()).isEqualTo(trained);
                assertThat(shared.memory().getManagedArrays()).hasSize(base);
            }
            assertThat(OpenRoots.count()).isEqualTo(roots);
        }
    }

    @Test
    void aNetworkRunsOnceAStepAndItsGradientsAreThoseOfAllPasses() throws IOException {
        try (Backbone shared = TinyBackbones.load("parity/bert-tied")) {
            Doubling network = new Doubling(direct(shared));
            DirectPrompt plain = direct(shared);
            NDArray trained = network.weights().values().iterator().next();
            NDArray alone = plain.weights().values().iterator().next();
            try (SoftTuning tuning = new SoftTuning(parts(shared, network), objective(), backbone -> 0);
                    SoftTuning other = new SoftTuning(parts(shared, plain), objective(), backbone -> 0);
                    NDManager scope = shared.memory().newSubManager()) {
                NDArray halves = scope.create(alone.toFloatArray(), alone.getShape());
                trained.subi(trained.duplicate()).addi(halves.div(2)); // so that twice the network's is the other's
                for (int part = 0; part < 3; part++) {
                    int[] batch = {part, part + 2, part + 4};
                    assertThat(tuning.accumulate(batch, 1 / 3.0, part))
                            .isCloseTo(other.accumulate(batch, 1 / 3.0, part), within(1e-6));
                }
                assertThat(network.runs).isEqualTo(1);
                assertThat(tuning.gradientNorm()).isCloseTo(2 * other.gradientNorm(), within(1e-5));
                tuning.update(0.1, 1);
                tuning.accumulate(new int[] {0}, 1, 0);
                assertThat(network.runs).isEqualTo(2);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTrainingGoesOnFromItsStateAsIfItHadNotStopped(String name, @TempDir Path folder) throws IOException {
        try (Backbone shared = TinyBackbones.load(name);
                SoftTuning whole = frozen(shared);
                SoftTuning resumed = frozen(shared)) {
            Path state = Files.createDirectory(folder.resolve("state"));
            for (int i = 0; i < 4; i++) {
                step(whole, i, 0.05);
            }
            whole.keepBest();
            whole.writeState(state);
            resumed.readState(state);
            for (int i = 4; i < 8; i++) {
                assertThat(step(resumed, i, 0.05)).isEqualTo(step(whole, i, 0.05));
            }
            whole.restoreBest();
            resumed.restoreBest();
            assertThat(step(resumed, 8, 0.05)).isEqualTo(step(whole, 8, 0.05));
        }
    }

    @Test
    void twoTrainingsOfOneBackboneAtOnceGiveWhatEachGivesAlone() throws IOException {
        try (Backbone shared = TinyBackbones.load("parity-decoder/gpt2")) {
            List<Double> alone = losses(shared);
            CompletableFuture<List<Double>> other = CompletableFuture.supplyAsync(() -> losses(shared));
            assertThat(losses(shared)).isEqualTo(alone);
            assertThat(other.join()).isEqualTo(alone);
        }
    }

    private static List<Double> losses(Backbone shared) {
        try (SoftTuning tuning = frozen(shared)) {
            return IntStream.range(0, 20).mapToObj(i -> step(tuning, i, 0.05)).toList();
        }
    }

    /** Every group moves at its own rate: AdamW's first step is as long as the rate, whatever the gradient. */
    @Test
    void aCopyIsTrainedJointlyAtARateOfItsOwn() throws IOException {
        try (Backbone shared = TinyBackbones.load("parity/bert-tied")) {
            String before = WeightDigest.of(shared);
            Backbone copy = shared.trainableCopy();
            DirectPrompt prompt = direct(shared);
            float[] start = vector(prompt).toFloatArray();
            SoftParts parts = new SoftParts(
                    copy,
                    true,
                    prompt,
                    form(shared),
                    List.of(
                            WeightGroup.of(prompt.weights(), 1, 0, OPTIONS),
                            WeightGroup.of(copy.weights(), 0.01, 0, OPTIONS)),
                    false);
            try (SoftTuning tuning = new SoftTuning(parts, objective(), backbone -> 0)) {
                step(tuning, 0, 0.1);
                assertThat(greatest(vector(prompt).toFloatArray(), start)).isCloseTo(0.1, within(1e-4));
                try (SoftBackbone tuned = tuning.tuned()) {
                    Map<String, Tensor> tensors = tuned.tensors();
                    assertThat(tensors).containsKey(VirtualTokens.NAME).hasSizeGreaterThan(10);
                    assertThat(shared.tensors().entrySet()).allSatisfy(weight -> assertThat(greatest(
                                    floats(Objects.requireNonNull(tensors.get(weight.getKey()))),
                                    floats(weight.getValue())))
                            .isLessThan(0.00101));
                    float[][][] scores = tuned.scores(rows(), new int[] {7, 9}, false);
                    assertThat(scores[0][0]).isNotEqualTo(scores(shared, prompt)[0][0]);
                }
            }
            assertThat(WeightDigest.of(shared)).isEqualTo(before);
        }
    }

    private static float[][][] scores(Backbone shared, DirectPrompt prompt) {
        return shared.scores(rows(), new int[] {7, 9}, false, Injection.ofVirtualTokens(vector(prompt)));
    }

    @Test
    void whatATrainingEndsWithAnswersAsItDidInTraining() throws IOException {
        try (Backbone shared = TinyBackbones.load("parity-decoder/llama3")) {
            List<float[]> seen = new ArrayList<>();
            DirectPrompt prompt = direct(shared);
            try (SoftTuning tuning = new SoftTuning(parts(shared, prompt), objective(), backbone -> {
                seen.add(backbone.scores(rows(), new int[] {7, 9}, false)[3][0]);
                return 0;
            })) {
                step(tuning, 0, 0.1);
                assertThat(tuning.devScore()).isZero();
                try (SoftBackbone tuned = tuning.tuned()) {
                    step(tuning, 1, 0.1); // which the vectors that were taken do not follow
                    assertThat(tuned.scores(rows(), new int[] {7, 9}, false)[3][0])
                            .containsExactly(seen.get(0));
                    assertThatThrownBy(() -> tuned.scores(
                                    rows(),
                                    new int[0],
                                    false,
                                    Injection.ofPrefix(
                                            dev.cloze.runtime.backbone.PrefixSite.DECODER,
                                            List.of(vector(prompt).reshape(1, 1, LENGTH, -1)))))
                            .isInstanceOf(IllegalArgumentException.class);
                }
            }
        }
    }

    /** A network of one weight for each number: twice of it. */
    private static final class Doubling implements SoftPrompt {
        private final DirectPrompt halves;
        private int runs;

        Doubling(DirectPrompt halves) {
            this.halves = halves;
        }

        @Override
        public Map<WeightSlot, NDArray> weights() {
            return halves.weights();
        }

        @Override
        public List<NDArray> vectors(NDManager scope) {
            runs++;
            NDArray twice = vector(halves).mul(2);
            twice.attach(scope);
            return List.of(twice);
        }

        @Override
        public void close() {
            halves.close();
        }
    }

    private static NDArray vector(SoftPrompt prompt) {
        return prompt.weights().values().iterator().next();
    }

    private static SoftTuning frozen(Backbone shared) {
        return new SoftTuning(parts(shared, direct(shared)), objective(), backbone -> 0);
    }

    private static SoftParts parts(Backbone shared, SoftPrompt prompt) {
        return SoftParts.frozen(shared, prompt, form(shared), OPTIONS);
    }

    private static VirtualTokens form(Backbone shared) {
        return new VirtualTokens(LENGTH, shared.shape().embeddingSize());
    }

    private static DirectPrompt direct(Backbone shared) {
        Random random = new Random(5);
        WeightSource drawn = (memory, slot) -> {
            float[] numbers = new float[(int) (slot.shape()[0] * slot.shape()[1])];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) (random.nextGaussian() * 0.5);
            }
            return memory.create(numbers, new ai.djl.ndarray.types.Shape(slot.shape()));
        };
        return DirectPrompt.load(shared.device(), form(shared), drawn);
    }

    /** Two labels by two words at the last place of texts with virtual tokens in front or behind a word. */
    private static Objective.Plan objective() {
        LabelProjection projection = new LabelProjection(1, new int[] {7, 9}, new float[][] {{1, 0}, {0, 1}}, false);
        int[] labels = IntStream.range(0, EXAMPLES).map(i -> i % 2).toArray();
        return LabelObjective.atMasks(List.of(projection), new TrainingExamples(List.of(rows()), labels));
    }

    private static List<TokenRow> rows() {
        return IntStream.range(0, EXAMPLES)
                .mapToObj(i -> {
                    int[] ids = new int[LENGTH + 3 + i % 3];
                    ids[0] = 3;
                    for (int n = 0; n < LENGTH; n++) {
                        ids[n + 1] = Injection.virtualId(n);
                    }
                    for (int t = LENGTH + 1; t < ids.length; t++) {
                        ids[t] = 5 + 3 * i + t;
                    }
                    ids[ids.length - 1] = 4;
                    return new TokenRow(ids, new int[ids.length], new int[] {ids.length - 1});
                })
                .toList();
    }

    private static double step(SoftTuning tuning, int step, double rate) {
        double loss = tuning.accumulate(new int[] {step % 8, (step + 3) % 8, (step + 5) % 8}, 1, 1000L + step);
        tuning.gradientNorm();
        tuning.update(rate, 1);
        return loss;
    }

    private static float[] floats(Tensor tensor) {
        float[] values = new float[tensor.data().remaining()];
        tensor.data().duplicate().get(values);
        return values;
    }

    private static double greatest(float[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElseThrow();
    }
}
