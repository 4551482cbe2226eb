package dev.cloze.runtime.tuning.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneFamilies;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.training.TrainingLoop;
import dev.cloze.runtime.training.TrainingTask;
import dev.cloze.runtime.tuning.writing.TargetObjective;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trainings of the fixtures' {@code training.json}, by {@code target_training_goldens.py}, and what holds of any. */
class TargetTuningTest {

    @ParameterizedTest
    @ValueSource(strings = {"parity-decoder/gpt2", "parity-decoder/llama3", "parity-t5/t5"})
    void tenStepsWithoutDropoutAreThoseOfTransformersAndTorch(String name) throws IOException, URISyntaxException {
        JsonObject golden = json(folder(name).resolve("training.json"));
        JsonObject expected = golden.getAsJsonObject("float64");
        TrainingOptions options = options(golden).withBatchSize(8);
        try (TextBackbone source = load(name, 0);
                FullTuning tuning = tuning(source, golden, options)) {
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
                assertWeights(expected.getAsJsonObject("final"), tuned.tensors());
            }
        }
    }

    private static void assertWeights(JsonObject expected, Map<String, Tensor> tensors) {
        assertThat(tensors).containsKeys(expected.keySet().toArray(new String[0]));
        for (Map.Entry<String, JsonElement> weight : expected.entrySet()) {
            FloatBuffer data =
                    Objects.requireNonNull(tensors.get(weight.getKey())).data().duplicate();
            for (JsonElement value : weight.getValue().getAsJsonArray()) {
                assertThat((double) data.get()).as(weight.getKey()).isCloseTo(value.getAsDouble(), within(2e-5));
            }
        }
    }

    @Test
    void aTrainingGoesOnFromItsStateAsIfItHadNotStopped(@TempDir Path scratch) throws IOException, URISyntaxException {
        JsonObject golden = json(folder("parity-decoder/gpt2").resolve("training.json"));
        try (TextBackbone source = load("parity-decoder/gpt2", 0.1);
                FullTuning whole = tuning(source, golden, options(golden));
                FullTuning resumed = tuning(source, golden, options(golden))) {
            Path state = Files.createDirectory(scratch.resolve("state"));
            for (int step = 0; step < 3; step++) {
                step(whole, step);
            }
            whole.writeState(state);
            resumed.readState(state);
            for (int step = 3; step < 6; step++) {
                assertThat(step(resumed, step)).isEqualTo(step(whole, step));
            }
        }
    }

    @Test
    void theSourceKeepsItsWeightsAndNoNativeArrayIsLeftBehind() throws IOException, URISyntaxException {
        for (String name : List.of("parity-decoder/llama3", "parity-t5/t5")) {
            JsonObject golden = json(folder(name).resolve("training.json"));
            try (TextBackbone source = load(name, 0.1);
                    FullTuning tuning = tuning(source, golden, options(golden))) {
                float[] before = copy(source);
                step(tuning, 0);
                int arrays = source.memory().getManagedArrays().size();
                int trained = tuning.managedArrays();
                for (int step = 1; step < 30; step++) {
                    step(tuning, step);
                }
                assertThat(tuning.managedArrays()).isEqualTo(trained);
                assertThat(source.memory().getManagedArrays()).hasSize(arrays);
                assertThat(copy(source)).isEqualTo(before);
            }
        }
    }

    private static float[] copy(TextBackbone backbone) {
        return backbone.weights().values().iterator().next().toFloatArray();
    }

    private static double step(FullTuning tuning, int step) {
        double loss = tuning.accumulate(new int[] {step % 8, (step + 3) % 8, (step + 5) % 8}, 1, 1000L + step);
        tuning.gradientNorm();
        tuning.update(1e-3, 1);
        return loss;
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

    private static TrainingOptions options(JsonObject golden) {
        return TrainingOptions.defaults()
                .withMaxSteps(golden.get("steps").getAsInt())
                .withLearningRate(golden.get("lr").getAsDouble())
                .withWeightDecay(golden.get("weight_decay").getAsDouble())
                .withEvaluateEvery(0);
    }

    private static FullTuning tuning(TextBackbone source, JsonObject golden, TrainingOptions options) {
        return new FullTuning(source, TargetObjective.of(rows(golden), options.compat()), options, backbone -> 0);
    }

    private static List<TextRow> rows(JsonObject golden) {
        List<TextRow> rows = new ArrayList<>();
        for (JsonElement row : golden.getAsJsonArray("rows")) {
            JsonObject pair = row.getAsJsonObject();
            rows.add(new TextRow(ParityFixture.vector(pair.get("source")), ParityFixture.vector(pair.get("target"))));
        }
        return rows;
    }

    /** The fixture with this dropout of all kinds. */
    private static TextBackbone load(String name, double dropout) throws IOException, URISyntaxException {
        Path folder = folder(name);
        JsonObject config = json(folder.resolve("config.json"));
        for (String key : List.of("dropout_rate", "resid_pdrop", "embd_pdrop", "attn_pdrop", "attention_dropout")) {
            config.addProperty(key, dropout);
        }
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return (TextBackbone) BackboneFamilies.of(name, config).load(name, config, checkpoint, ComputeDevice.CPU);
        }
    }

    private static Path folder(String name) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(TargetTuningTest.class.getResource("/" + name))
                .toURI());
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }
}
