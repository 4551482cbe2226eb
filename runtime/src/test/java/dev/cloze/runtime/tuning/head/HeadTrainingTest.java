package dev.cloze.runtime.tuning.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.HeadFixture;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.encoder.Encoder;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.loop.Objective;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trainings of {@code parity/bert-tied/fine-tuning.json}, of three labels, and {@code regression.json}, of one number. */
class HeadTrainingTest {

    private final ParityFixture fixture;
    private JsonObject golden = new JsonObject();

    HeadTrainingTest() throws IOException, URISyntaxException {
        this.fixture = new ParityFixture("bert-tied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fine-tuning.json", "regression.json"})
    void tenStepsWithoutDropoutAreThoseOfTransformersAndTorch(String training) throws IOException, URISyntaxException {
        golden = fixture.json(training);
        JsonObject expected = golden.getAsJsonObject("float64");
        TrainingOptions options = TrainingOptions.defaults()
                .withMaxSteps(10)
                .withBatchSize(8)
                .withLearningRate(golden.get("lr").getAsDouble())
                .withWeightDecay(golden.get("weight_decay").getAsDouble())
                .withEvaluateEvery(0);
        try (Encoder source = fixture.loadWithoutDropout();
                Head head = head(source);
                FullTuning tuning =
                        new FullTuning(source.trainableBody(), head.weights(), objective(head), options, body -> 0)) {
            List<StepEnded> steps = run(tuning, options);
            for (int i = 0; i < 10; i++) {
                assertThat(steps.get(i).loss()).isCloseTo(at(expected, "losses", i), within(1e-5));
                assertThat(steps.get(i).gradientNorm())
                        .isCloseTo(at(expected, "norms_before_clipping", i), within(1e-4));
            }
            Map<String, Tensor> tuned = tuning.tuned(HeadTrainingTest::published);
            for (Map.Entry<String, JsonElement> weight :
                    expected.getAsJsonObject("final").entrySet()) {
                FloatBuffer data = Objects.requireNonNull(tuned.get(weight.getKey()))
                        .data()
                        .duplicate();
                for (JsonElement value : weight.getValue().getAsJsonArray()) {
                    assertThat((double) data.get()).as(weight.getKey()).isCloseTo(value.getAsDouble(), within(2e-5));
                }
            }
        }
    }

    private static double at(JsonObject expected, String name, int step) {
        return expected.getAsJsonArray(name).get(step).getAsDouble();
    }

    private static Map<String, Tensor> published(Map<WeightSlot, NDArray> weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.forEach((slot, array) -> tensors.putAll(slot.published(array)));
        return tensors;
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

    private Objective.Plan objective(Head head) {
        JsonArray rows = golden.getAsJsonArray("rows");
        List<TokenRow> texts = IntStream.range(0, rows.size())
                .mapToObj(i -> ParityFixture.vector(rows.get(i)))
                .map(ids -> new TokenRow(ids, new int[ids.length], new int[] {0}))
                .toList();
        return HeadObjective.of(head, StatePooling.PLACES, texts, targets());
    }

    private HeadTargets targets() {
        return golden.has("values")
                ? new HeadTargets.Numbers(golden.getAsJsonArray("values").asList().stream()
                        .mapToDouble(JsonElement::getAsDouble)
                        .toArray())
                : new HeadTargets.Hard(ParityFixture.vector(golden.get("labels")));
    }

    /** Of the fixture of heads, without dropout as the encoder's configuration has none. */
    private Head head(Backbone backbone) throws IOException, URISyntaxException {
        HeadFixture weights = HeadFixture.all()
                .filter(one -> one.toString().equals("bert-tied"))
                .findFirst()
                .orElseThrow();
        int labels = golden.has("values") ? 1 : 3;
        try (Checkpoint numbers = weights.numbers()) {
            WeightSource source = (memory, slot) -> {
                String name = "head." + slot.parts().get(0);
                NDArray all = memory.create(numbers.floats(name), new Shape(numbers.shape(name)), DataType.FLOAT32);
                return name.contains(".classifier.") ? all.get(new NDIndex(":" + labels)) : all;
            };
            return Head.of(
                    backbone.classifier(),
                    backbone.shape().hiddenSize(),
                    labels,
                    backbone.device(),
                    source.trainable());
        }
    }
}
