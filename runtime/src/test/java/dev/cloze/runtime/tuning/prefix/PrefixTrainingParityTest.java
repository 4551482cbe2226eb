package dev.cloze.runtime.tuning.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.tuning.head.Head;
import dev.cloze.runtime.tuning.head.HeadObjective;
import dev.cloze.runtime.tuning.head.HeadTargets;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import dev.cloze.runtime.tuning.writing.TargetObjective;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Twenty steps of training against PEFT's and PyTorch's, from equal weights. */
class PrefixTrainingParityTest {

    private final PrefixGoldens goldens = new PrefixGoldens();
    private final TrainingOptions options = TrainingOptions.defaults().withWeightDecay(0);

    @Test
    void prefixTuningTakesPeftsSteps() {
        for (JsonElement each : goldens.json().getAsJsonArray("writing")) {
            JsonObject expected = each.getAsJsonObject();
            try (Backbone shared = PrefixGoldens.load(expected.get("model").getAsString())) {
                int middle = expected.get("projection").getAsBoolean()
                        ? goldens.json().get("middle").getAsInt()
                        : 0;
                PrefixEncoder encoder = encoder(shared, expected, middle);
                SoftParts parts = SoftParts.frozen(shared, encoder, encoder.form(false), options);
                assertSteps(parts, TargetObjective.of(goldens.pairs(), Compat.REFERENCE), expected);
                assertThat(shared.weights().values()).noneMatch(NDArray::hasGradient);
            }
        }
    }

    @Test
    void pTuningV2TakesTheStepsOfItsModelInPyTorch() {
        for (JsonElement each : goldens.json().getAsJsonArray("classifying")) {
            JsonObject expected = each.getAsJsonObject();
            try (Backbone shared = PrefixGoldens.load(expected.get("model").getAsString());
                    Head head = Head.of(
                            withoutDropout(shared.classifier()),
                            shared.shape().hiddenSize(),
                            3,
                            shared.device(),
                            PrefixGoldens.weights(expected.getAsJsonObject("start"))
                                    .trainable())) {
                PrefixEncoder encoder = encoder(shared, expected, 0);
                SoftParts parts = SoftParts.frozen(shared, encoder, encoder.form(true), options)
                        .with(WeightGroup.of(head.weights(), options));
                Objective.Plan objective = HeadObjective.of(
                        head, StatePooling.PLACES, goldens.texts(), new HeadTargets.Hard(goldens.labels()));
                assertSteps(parts, objective, expected);
            }
        }
    }

    private static ClassifierHead withoutDropout(ClassifierHead head) {
        return new ClassifierHead(
                head.lastToken(),
                head.dense(),
                head.activation(),
                head.dropsTwice(),
                0,
                0,
                head.labels(),
                head.biased(),
                head.deviation());
    }

    private PrefixEncoder encoder(Backbone shared, JsonObject expected, int middle) {
        PrefixLayout layout =
                PrefixLayout.of(shared, goldens.json().get("length").getAsInt());
        return PrefixEncoder.load(
                shared.device(), layout, middle, PrefixGoldens.weights(expected.getAsJsonObject("start")));
    }

    private void assertSteps(SoftParts parts, Objective.Plan objective, JsonObject expected) {
        double rate = goldens.json().get("rate").getAsDouble();
        double clip = goldens.json().get("clip").getAsDouble();
        double[] losses = PrefixGoldens.numbers(expected.getAsJsonArray("losses"));
        double[] norms = PrefixGoldens.numbers(expected.getAsJsonArray("norms_before_clipping"));
        int[] batch = IntStream.range(0, goldens.labels().length).toArray();
        try (SoftTuning tuning = new SoftTuning(parts, objective, backbone -> 0)) {
            for (int step = 0; step < losses.length; step++) {
                assertThat(tuning.accumulate(batch, 1, step))
                        .as("loss %d", step)
                        .isCloseTo(losses[step], within(1e-4));
                double norm = tuning.gradientNorm();
                assertThat(norm).as("norm %d", step).isCloseTo(norms[step], within(1e-3 * Math.max(1, norms[step])));
                tuning.update(rate, Math.min(1, clip / (norm + 1e-6)));
            }
            assertThat(losses[losses.length - 1]).isLessThan(losses[0]);
        }
    }
}
