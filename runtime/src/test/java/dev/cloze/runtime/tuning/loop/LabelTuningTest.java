package dev.cloze.runtime.tuning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.encoder.Encoder;
import dev.cloze.runtime.backbone.encoder.EncoderConfig;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.mask.LabelObjective;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import dev.cloze.runtime.tuning.mask.TrainingExamples;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The training of {@code parity/bert-tied/training.json}, and what must hold of any. */
class LabelTuningTest {

    private final ParityFixture fixture;
    private JsonObject golden = new JsonObject();

    LabelTuningTest() throws IOException, URISyntaxException {
        this.fixture = new ParityFixture("bert-tied");
    }

    @BeforeEach
    void readGolden() throws IOException {
        golden = fixture.json("training.json");
    }

    @Test
    void tenStepsWithoutDropoutAreThoseOfTransformersAndTorch() throws IOException {
        JsonObject expected = golden.getAsJsonObject("float64");
        TrainingOptions options = options(10).withBatchSize(8);
        try (Encoder source = fixture.loadWithoutDropout();
                FullTuning tuning = tuning(source, options)) {
            List<StepEnded> steps = run(tuning, options);
            for (int i = 0; i < 10; i++) {
                assertThat(steps.get(i).loss())
                        .isCloseTo(expected.getAsJsonArray("losses").get(i).getAsDouble(), within(1e-5));
                assertThat(steps.get(i).gradientNorm())
                        .isCloseTo(
                                expected.getAsJsonArray("norms_before_clipping")
                                        .get(i)
                                        .getAsDouble(),
                                within(1e-4));
            }
            try (Backbone tuned = tuning.tuned()) {
                Map<String, Tensor> tensors = tuned.tensors();
                for (Map.Entry<String, JsonElement> weight :
                        expected.getAsJsonObject("final").entrySet()) {
                    assertStart(
                            weight.getKey(), Objects.requireNonNull(tensors.get(weight.getKey())), weight.getValue());
                }
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameLossesBitForBit() throws IOException {
        List<Double> once = losses(20, 7);
        assertThat(losses(20, 7)).isEqualTo(once);
        assertThat(losses(20, 8)).isNotEqualTo(once);
    }

    @Test
    void twoTrainingsAtOnceGiveWhatEachGivesAlone() throws IOException {
        List<Double> first = losses(30, 1);
        List<Double> second = losses(30, 2);
        CompletableFuture<List<Double>> other = CompletableFuture.supplyAsync(() -> uncheckedLosses(30, 2));
        assertThat(losses(30, 1)).isEqualTo(first);
        assertThat(other.join()).isEqualTo(second);
    }

    @Test
    void aTrainingGoesOnFromItsStateAsIfItHadNotStopped(@TempDir Path folder) throws IOException {
        try (Encoder source = fixture.load();
                FullTuning whole = tuning(source, options(8));
                FullTuning resumed = tuning(source, options(8))) {
            Path state = Files.createDirectory(folder.resolve("state"));
            for (int step = 0; step < 4; step++) {
                step(whole, step);
            }
            whole.keepBest();
            whole.writeState(state);
            resumed.readState(state);
            for (int step = 4; step < 8; step++) {
                assertThat(step(resumed, step)).isEqualTo(step(whole, step));
            }
            whole.restoreBest();
            resumed.restoreBest();
            assertThat(step(resumed, 8)).isEqualTo(step(whole, 8));
        }
    }

    @Test
    void theSourceKeepsItsWeightsAndNoNativeArrayIsLeftBehind() throws IOException {
        try (Encoder source = fixture.load();
                FullTuning tuning = tuning(source, options(8))) {
            float[] before = copy(source);
            step(tuning, 0);
            int arrays = source.memory().getManagedArrays().size();
            int trained = tuning.managedArrays();
            for (int step = 1; step < 50; step++) {
                step(tuning, step);
            }
            assertThat(tuning.managedArrays()).isEqualTo(trained);
            assertThat(source.memory().getManagedArrays()).hasSize(arrays);
            assertThat(copy(source)).isEqualTo(before);
        }
    }

    private static float[] copy(Encoder encoder) {
        return encoder.weights().values().iterator().next().toFloatArray();
    }

    private static double step(FullTuning tuning, int step) {
        double loss = tuning.accumulate(new int[] {step % 8, (step + 3) % 8, (step + 5) % 8}, 1, 1000L + step);
        tuning.gradientNorm();
        tuning.update(1e-3, 1);
        return loss;
    }

    private List<Double> uncheckedLosses(int steps, long seed) {
        try {
            return losses(steps, seed);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<Double> losses(int steps, long seed) throws IOException {
        TrainingOptions options = options(steps).withBatchSize(3).withSeed(seed);
        try (Encoder source = fixture.load();
                FullTuning tuning = tuning(source, options)) {
            EncoderConfig config = source.architecture().config();
            assertThat(config.hiddenDropout()).isPositive();
            return run(tuning, options).stream().map(StepEnded::loss).toList();
        }
    }

    private static List<StepEnded> run(FullTuning tuning, TrainingOptions options) {
        List<StepEnded> steps = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                steps.add(step);
            }
        };
        new TrainingLoop(options, new TrainingTask(8, 0, Map.of()), List.of(listener)).run(tuning);
        return steps;
    }

    private TrainingOptions options(int steps) {
        return TrainingOptions.defaults()
                .withMaxSteps(steps)
                .withLearningRate(golden.get("lr").getAsDouble())
                .withWeightDecay(golden.get("weight_decay").getAsDouble())
                .withEvaluateEvery(0);
    }

    /** As where a GPU has no room for the optimizer's moments. */
    @Test
    void whatFailsBeforeTheFirstStepLeavesNoCopyBehind() throws IOException {
        try (Encoder source = fixture.loadWithoutDropout()) {
            int roots = OpenRoots.count();
            assertThatThrownBy(() -> tuning(source(source), options(10))).hasMessage("no room");
            assertThat(OpenRoots.count()).isEqualTo(roots);
        }
    }

    /** The encoder, but its trainable copy does not give its weights. */
    private static Backbone source(Backbone encoder) {
        return (Backbone) Proxy.newProxyInstance(
                Backbone.class.getClassLoader(), new Class<?>[] {Backbone.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("weights")) {
                        throw new IllegalStateException("no room");
                    }
                    Object result = method.invoke(encoder, arguments);
                    return method.getName().equals("trainableCopy") ? source((Backbone) result) : result;
                });
    }

    private FullTuning tuning(Backbone source, TrainingOptions options) {
        int[] words = ParityFixture.vector(golden.get("words"));
        float[][] identity = new float[words.length][words.length];
        for (int i = 0; i < words.length; i++) {
            identity[i][i] = 1;
        }
        LabelProjection projection = new LabelProjection(1, words, identity, false);
        return new FullTuning(source, LabelObjective.atMasks(List.of(projection), examples()), options, encoder -> 0);
    }

    private TrainingExamples examples() {
        JsonArray rows = golden.getAsJsonArray("rows");
        List<TokenRow> texts = new ArrayList<>();
        int[] labels = new int[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            JsonObject row = rows.get(i).getAsJsonObject();
            int[] ids = ParityFixture.vector(row.get("ids"));
            texts.add(new TokenRow(ids, new int[ids.length], new int[] {
                row.get("mask_position").getAsInt()
            }));
            labels[i] = row.get("label").getAsInt();
        }
        return new TrainingExamples(List.of(texts), labels);
    }

    private static void assertStart(String name, Tensor tensor, JsonElement expected) {
        FloatBuffer data = tensor.data().duplicate();
        for (JsonElement value : expected.getAsJsonArray()) {
            assertThat((double) data.get()).as(name).isCloseTo(value.getAsDouble(), within(2e-5));
        }
    }
}
