package dev.cloze.runtime.tuning.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.encoder.Encoder;
import dev.cloze.runtime.tuning.head.Head;
import dev.cloze.runtime.tuning.loop.BackboneTraining;
import dev.cloze.runtime.tuning.loop.FullTuning;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.prefix.PrefixEncoder;
import dev.cloze.runtime.tuning.prefix.PrefixLayout;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Trainings of a head that tags tokens against transformers' BertForTokenClassification, and below prefixes against PEFT's: {@code
 * tags/trainings.json}, which {@code tag_training_goldens.py} wrote.
 */
class TagTrainingTest {

    private final JsonObject golden;
    private final ParityFixture fixture;
    private final TrainingOptions options = TrainingOptions.defaults().withWeightDecay(0);

    TagTrainingTest() throws IOException, URISyntaxException {
        fixture = new ParityFixture("bert-tied");
        try (Reader reader = new InputStreamReader(
                Objects.requireNonNull(TagTrainingTest.class.getResourceAsStream("/tags/trainings.json")),
                StandardCharsets.UTF_8)) {
            golden = JsonParser.parseReader(reader).getAsJsonObject();
        }
    }

    @Test
    void gradientsAreThoseOfTransformersTokenClassifier() throws IOException {
        JsonObject expected = golden.getAsJsonObject("tuning");
        try (Encoder source = fixture.loadWithoutDropout();
                Head head = head(source, expected.getAsJsonObject("start"));
                FullTuning tuning = new FullTuning(
                        source.trainableBody(),
                        head.weights(),
                        TagObjective.of(head, examples()),
                        options,
                        body -> 0)) {
            tuning.accumulate(all(), 1, 0);
            Map<String, float[]> gradients = new HashMap<>();
            head.weights()
                    .forEach((slot, weight) -> gradients.put(
                            slot.parts().get(0), weight.getGradient().toFloatArray()));
            for (String name : List.of("classifier.weight", "classifier.bias")) {
                double[] wanted = numbers(expected.getAsJsonObject("gradients").getAsJsonArray(name));
                float[] got = Objects.requireNonNull(gradients.get(name));
                for (int i = 0; i < wanted.length; i++) {
                    assertThat((double) got[i]).as(name).isCloseTo(wanted[i], within(1e-4));
                }
            }
        }
    }

    @Test
    void tenStepsWithAllWeightsAreThoseOfTransformersTokenClassifier() throws IOException {
        JsonObject expected = golden.getAsJsonObject("tuning");
        try (Encoder source = fixture.loadWithoutDropout();
                Head head = head(source, expected.getAsJsonObject("start"));
                FullTuning tuning = new FullTuning(
                        source.trainableBody(),
                        head.weights(),
                        TagObjective.of(head, examples()),
                        options,
                        body -> 0)) {
            assertSteps(tuning, expected);
            assertFinal(tuning, expected);
        }
    }

    @Test
    void tenStepsOfPTuningV2AreThoseOfItsModelInPyTorch() throws IOException {
        JsonObject expected = golden.getAsJsonObject("prefixes");
        try (Encoder shared = fixture.loadWithoutDropout();
                Head head = head(shared, expected.getAsJsonObject("start"))) {
            PrefixLayout layout = PrefixLayout.of(shared, golden.get("length").getAsInt());
            PrefixEncoder encoder =
                    PrefixEncoder.load(shared.device(), layout, 0, source(expected.getAsJsonObject("start")));
            SoftParts parts = SoftParts.frozen(shared, encoder, encoder.form(true), options)
                    .with(WeightGroup.of(head.weights(), options));
            try (SoftTuning tuning = new SoftTuning(parts, TagObjective.of(head, examples()), body -> 0)) {
                assertSteps(tuning, expected);
                assertFinal(tuning, expected);
                assertThat(shared.weights().values()).noneMatch(NDArray::hasGradient);
            }
        }
    }

    /** A word counts as one, whatever micro-batch its text is in. */
    @Test
    void accumulatedMicroBatchesGiveTheGradientsOfOneBatch() throws IOException {
        JsonObject expected = golden.getAsJsonObject("tuning");
        try (Encoder source = fixture.loadWithoutDropout();
                Head head = head(source, expected.getAsJsonObject("start"));
                FullTuning tuning = new FullTuning(
                        source.trainableBody(),
                        head.weights(),
                        TagObjective.of(head, examples()),
                        options,
                        body -> 0)) {
            double words = tuning.weight(all());
            double loss = 0;
            for (int i : all()) {
                double share = tuning.weight(new int[] {i}) / words;
                loss += share * tuning.accumulate(new int[] {i}, share, 0);
            }
            assertThat(loss).isCloseTo(numbers(expected.getAsJsonArray("losses"))[0], within(1e-5));
            assertThat(tuning.gradientNorm())
                    .isCloseTo(numbers(expected.getAsJsonArray("norms_before_clipping"))[0], within(1e-4));
        }
    }

    private void assertSteps(BackboneTraining tuning, JsonObject expected) {
        double[] losses = numbers(expected.getAsJsonArray("losses"));
        double[] norms = numbers(expected.getAsJsonArray("norms_before_clipping"));
        double clip = golden.get("clip").getAsDouble();
        for (int step = 0; step < losses.length; step++) {
            assertThat(tuning.accumulate(all(), 1, step)).as("loss %d", step).isCloseTo(losses[step], within(1e-4));
            double norm = tuning.gradientNorm();
            assertThat(norm).as("norm %d", step).isCloseTo(norms[step], within(1e-3 * Math.max(1, norms[step])));
            tuning.update(golden.get("rate").getAsDouble(), Math.min(1, clip / (norm + 1e-6)));
        }
        assertThat(losses[losses.length - 1]).isLessThan(losses[0]);
    }

    private static void assertFinal(BackboneTraining tuning, JsonObject expected) {
        Map<String, float[]> tuned = tuning.tuned(TagTrainingTest::published);
        double[] weights = numbers(expected.getAsJsonObject("final").getAsJsonArray("classifier.weight"));
        float[] got = Objects.requireNonNull(tuned.get("classifier.weight"));
        for (int i = 0; i < weights.length; i++) {
            assertThat((double) got[i]).isCloseTo(weights[i], within(1e-4));
        }
    }

    private static Map<String, float[]> published(Map<WeightSlot, NDArray> weights) {
        Map<String, float[]> arrays = new HashMap<>();
        weights.forEach((slot, array) -> arrays.put(slot.parts().get(0), array.toFloatArray()));
        return arrays;
    }

    private int[] all() {
        return IntStream.range(0, texts("rows").size()).toArray();
    }

    private TagExamples examples() {
        List<TokenRow> rows = new ArrayList<>();
        for (int i = 0; i < texts("rows").size(); i++) {
            int[] ids = texts("rows").get(i);
            rows.add(new TokenRow(ids, new int[ids.length], texts("places").get(i)));
        }
        return new TagExamples(rows, texts("tags"), 0, "");
    }

    private List<int[]> texts(String name) {
        return golden.getAsJsonObject("texts").getAsJsonArray(name).asList().stream()
                .map(ParityFixture::vector)
                .toList();
    }

    private Head head(Backbone backbone, JsonObject start) {
        ClassifierHead shape = backbone.classifier().ofTokens();
        return Head.of(
                shape,
                backbone.shape().hiddenSize(),
                golden.get("tag_count").getAsInt(),
                backbone.device(),
                source(start).trainable());
    }

    private static WeightSource source(JsonObject start) {
        return (memory, slot) -> {
            String name = slot.parts().get(0);
            JsonElement numbers = start.has(name) ? start.get(name) : start.get("embedding.weight");
            double[] wide = numbers(numbers.getAsJsonArray());
            float[] floats = new float[wide.length];
            IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) wide[i]);
            return memory.create(floats, new Shape(slot.shape()));
        };
    }

    private static double[] numbers(JsonArray array) {
        return array.asList().stream().mapToDouble(JsonElement::getAsDouble).toArray();
    }
}
