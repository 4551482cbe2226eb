package dev.cloze.runtime.tuning.prompttuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.mask.LabelObjective;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import dev.cloze.runtime.tuning.mask.TrainingExamples;
import dev.cloze.runtime.tuning.soft.DirectPrompt;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.tuning.soft.SoftGoldens;
import dev.cloze.runtime.tuning.soft.SoftParts;
import dev.cloze.runtime.tuning.soft.SoftTuning;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import dev.cloze.runtime.tuning.writing.TargetObjective;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Twenty steps of prompt tuning with PEFT's weights, texts and optimizer are PEFT's, see {@code soft_goldens.py}. */
class PeftTrainingTest {

    /** T5's ReLU has a gradient that jumps where rounding puts a number on its other side: on one processor at the last step. */
    private static final int STEPS_OF_RELU = 15;

    @ParameterizedTest
    @ValueSource(strings = {"parity/bert-tied", "parity-decoder/gpt2", "parity-decoder/llama3", "parity-t5/t5"})
    void lossesNormsAndTheTunedPromptAreThoseOfPeft(String name) throws IOException {
        JsonObject golden = SoftGoldens.read("trainings.json");
        JsonObject expected = golden.getAsJsonObject("trainings").getAsJsonObject(name);
        int length = golden.get("length").getAsInt();
        float[] start = SoftGoldens.floats(expected.get("start"));
        try (Backbone shared = TinyBackbones.load(name)) {
            VirtualTokens form = new VirtualTokens(length, shared.shape().embeddingSize());
            DirectPrompt prompt = DirectPrompt.load(
                    shared.device(),
                    form,
                    (memory, slot) -> memory.create(start, new ai.djl.ndarray.types.Shape(slot.shape())));
            SoftParts parts = SoftParts.frozen(shared, prompt, form, TrainingOptions.defaults());
            try (SoftTuning tuning = new SoftTuning(parts, objective(name, golden, length), backbone -> 0)) {
                assertSteps(tuning, golden, expected, isT5(name) ? STEPS_OF_RELU : Integer.MAX_VALUE);
                try (SoftBackbone tuned = tuning.tuned()) {
                    Tensor tensor = Objects.requireNonNull(tuned.tensors().get("prompt_embeddings"));
                    float[] values = new float[start.length];
                    tensor.data().duplicate().get(values);
                    assertThat(values)
                            .containsExactly(
                                    SoftGoldens.floats(expected.get("final")), within(isT5(name) ? 5e-3f : 1e-3f));
                }
            }
        }
    }

    private static boolean isT5(String name) {
        return name.contains("t5");
    }

    private static void assertSteps(SoftTuning tuning, JsonObject golden, JsonObject expected, int compared) {
        int[] all = IntStream.range(
                        0,
                        golden.getAsJsonObject("rows").getAsJsonArray("texts").size())
                .toArray();
        JsonArray losses = expected.getAsJsonArray("losses");
        for (int step = 0; step < losses.size(); step++) {
            assertThat(tuning.accumulate(all, 1, step))
                    .as("loss of step %d", step + 1)
                    .isCloseTo(losses.get(step).getAsDouble(), within(1e-4));
            double norm = tuning.gradientNorm();
            assertThat(norm)
                    .isCloseTo(
                            expected.getAsJsonArray("norms_before_clipping")
                                    .get(step)
                                    .getAsDouble(),
                            within(step < compared ? 3e-3 : 0.1));
            double clip = golden.get("clip_norm").getAsDouble();
            tuning.update(golden.get("lr").getAsDouble(), Math.min(1, clip / (norm + 1e-6)));
        }
    }

    private static Objective.Plan objective(String name, JsonObject golden, int length) {
        JsonObject rows = golden.getAsJsonObject("rows");
        int[][] texts = ParityFixture.matrix(rows.get("texts"));
        int[][] targets = ParityFixture.matrix(rows.get("targets"));
        int[] places = ParityFixture.vector(rows.get("places"));
        int[] words = ParityFixture.vector(golden.get("words"));
        if (isT5(name)) {
            List<TextRow> pairs = IntStream.range(0, texts.length)
                    .mapToObj(i -> new TextRow(behind(length, texts[i], 0), targets[i]))
                    .toList();
            return TargetObjective.of(pairs, Compat.PAPER);
        }
        boolean decoder = name.contains("decoder");
        List<TokenRow> asked = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            int[] ids = behind(length, texts[i], decoder ? 1 : 0); // a decoder is asked at a mask behind the text
            int place = decoder ? ids.length - 1 : length + places[i];
            asked.add(new TokenRow(ids, new int[ids.length], new int[] {place}));
        }
        LabelProjection projection = new LabelProjection(1, words, new float[][] {{1, 0}, {0, 1}}, false);
        return LabelObjective.atMasks(
                List.of(projection), new TrainingExamples(List.of(asked), ParityFixture.vector(rows.get("labels"))));
    }

    private static int[] behind(int length, int[] text, int more) {
        int[] ids = new int[length + text.length + more];
        for (int n = 0; n < length; n++) {
            ids[n] = Injection.virtualId(n);
        }
        System.arraycopy(text, 0, ids, length, text.length);
        return ids;
    }
}
