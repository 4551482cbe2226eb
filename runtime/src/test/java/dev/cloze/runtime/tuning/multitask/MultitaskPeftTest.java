package dev.cloze.runtime.tuning.multitask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WeightDigest;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.mask.ExampleTexts;
import dev.cloze.runtime.tuning.mask.LabelObjective;
import dev.cloze.runtime.tuning.mask.LabelProjection;
import dev.cloze.runtime.tuning.mask.LabelTargets;
import dev.cloze.runtime.tuning.mask.TaughtObjective;
import dev.cloze.runtime.tuning.mask.TrainingExamples;
import dev.cloze.runtime.tuning.soft.JointTuning;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.tuning.soft.SoftGoldens;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Twenty steps of two tasks that share a prompt are those of PEFT's module, see {@code multitask_goldens.py}. */
class MultitaskPeftTest {

    private static final JsonObject GOLDEN = golden();

    private static JsonObject golden() {
        try {
            return SoftGoldens.read("multitask.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parity/bert-tied, trainings",
        "parity-decoder/gpt2, trainings",
        "parity-decoder/llama3, trainings",
        "parity/bert-tied, taught",
        "parity-decoder/gpt2, taught",
        "parity-decoder/llama3, taught"
    })
    void lossesAndNormsAreThoseOfPeftWithATeacherAndWithout(String name, String kind) throws IOException {
        JsonObject expected = GOLDEN.getAsJsonObject(kind).getAsJsonObject(name);
        try (Backbone shared = TinyBackbones.load(name)) {
            String before = WeightDigest.of(shared);
            VirtualTokens form = new VirtualTokens(
                    GOLDEN.get("length").getAsInt(), shared.shape().embeddingSize());
            FactoredShape shape = new FactoredShape(
                    form, GOLDEN.get("rank").getAsInt(), GOLDEN.get("tasks").getAsInt());
            List<SoftBackbone> teachers = teachers(shared, form, expected);
            try (FactoredPrompts prompts = FactoredPrompts.load(
                            shared.device(), shape, start(expected.getAsJsonObject("start"), shape));
                    JointTuning tuning = new JointTuning(
                            shared,
                            form,
                            parts(name, prompts, teachers),
                            prompts.groups(TrainingOptions.defaults(), 1))) {
                assertThat(tuning.trainedParameters())
                        .isEqualTo((long) form.count() * form.size()
                                + 2L * (form.count() * shape.rank() + shape.rank() * form.size()));
                assertSteps(tuning, GOLDEN, expected);
            } finally {
                teachers.forEach(SoftBackbone::close);
            }
            assertThat(WeightDigest.of(shared)).isEqualTo(before);
        }
    }

    static void assertSteps(JointTuning tuning, JsonObject golden, JsonObject expected) {
        int[] all = IntStream.range(0, golden.getAsJsonArray("task_of").size()).toArray();
        JsonArray losses = expected.getAsJsonArray("losses");
        double clip = golden.get("clip_norm").getAsDouble();
        for (int step = 0; step < losses.size(); step++) {
            tuning.beginStep(all, step);
            assertThat(tuning.accumulate(all, 1, step))
                    .as("loss of step %d", step + 1)
                    .isCloseTo(losses.get(step).getAsDouble(), within(1e-4));
            double norm = tuning.gradientNorm();
            assertThat(norm)
                    .isCloseTo(
                            expected.getAsJsonArray("norms_before_clipping")
                                    .get(step)
                                    .getAsDouble(),
                            within(3e-3));
            tuning.update(golden.get("lr").getAsDouble(), Math.min(1, clip / (norm + 1e-6)));
        }
    }

    static WeightSource start(JsonObject start, FactoredShape shape) {
        return (memory, slot) -> {
            String name = slot.parts().get(0);
            int dot = name.indexOf('.');
            float[] all = SoftGoldens.floats(start.get(dot < 0 ? name : name.substring(0, dot)));
            int size = dot < 0 ? all.length : all.length / shape.tasks();
            int task = dot < 0 ? 0 : Integer.parseInt(name.substring(dot + 1));
            return memory.create(
                    java.util.Arrays.copyOfRange(all, task * size, (task + 1) * size), new Shape(slot.shape()));
        };
    }

    static List<SoftBackbone> teachers(Backbone shared, VirtualTokens form, JsonObject expected) {
        List<SoftBackbone> teachers = new ArrayList<>();
        if (expected.has("teachers")) {
            expected.getAsJsonArray("teachers")
                    .forEach(rows -> teachers.add(SoftBackbone.over(
                            shared,
                            form,
                            (memory, slot) ->
                                    memory.create(SoftGoldens.floats(rows), new Shape(form.count(), form.size())))));
        }
        return teachers;
    }

    private static List<JointTuning.Part> parts(String name, FactoredPrompts prompts, List<SoftBackbone> teachers) {
        int[] taskOf = ParityFixture.vector(GOLDEN.get("task_of"));
        int[][] words = ParityFixture.matrix(GOLDEN.get("words"));
        List<JointTuning.Part> parts = new ArrayList<>();
        for (int task = 0; task < words.length; task++) {
            int own = task;
            int[] members = IntStream.range(0, taskOf.length)
                    .filter(i -> taskOf[i] == own)
                    .toArray();
            List<LabelProjection> projections =
                    List.of(new LabelProjection(1, words[task], new float[][] {{1, 0}, {0, 1}}, false));
            List<EncodedText> texts =
                    IntStream.of(members).mapToObj(i -> text(name, i)).toList();
            int[] labels = ParityFixture.vector(GOLDEN.getAsJsonObject("rows").get("labels"));
            int[] right = IntStream.of(members).map(i -> labels[i]).toArray();
            Objective.Plan objective = teachers.isEmpty()
                    ? LabelObjective.atMasks(
                            projections,
                            new TrainingExamples(
                                    List.of(texts.stream()
                                            .map(ModelTemplate::row)
                                            .toList()),
                                    right))
                    : TaughtObjective.atMasks(
                            teachers.get(task),
                            projections,
                            (ExampleTexts) (example, masks) -> texts.get(example),
                            new LabelTargets(right, LabelLoss.CROSS_ENTROPY),
                            GOLDEN.get("teaching").getAsDouble());
            parts.add(new JointTuning.Part(prompts.of(task), objective, members.length, backbone -> 0));
        }
        return parts;
    }

    /** Virtual tokens, then the text; a decoder is asked at a mask behind it. */
    private static EncodedText text(String name, int number) {
        JsonObject rows = GOLDEN.getAsJsonObject("rows");
        int length = GOLDEN.get("length").getAsInt();
        boolean decoder = name.contains("decoder");
        int[] text = ParityFixture.matrix(rows.get("texts"))[number];
        int[] ids = new int[length + text.length + (decoder ? 1 : 0)];
        for (int n = 0; n < length; n++) {
            ids[n] = Injection.virtualId(n);
        }
        System.arraycopy(text, 0, ids, length, text.length);
        int place = decoder ? ids.length - 1 : length + ParityFixture.vector(rows.get("places"))[number];
        return new EncodedText(ids, new int[ids.length], new int[] {place}, false);
    }
}
