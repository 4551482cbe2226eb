package dev.cloze.runtime.tuning.multitask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.WeightDigest;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.ParityFixture;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.tuning.loop.Objective;
import dev.cloze.runtime.tuning.soft.JointTuning;
import dev.cloze.runtime.tuning.soft.SoftBackbone;
import dev.cloze.runtime.tuning.soft.SoftGoldens;
import dev.cloze.runtime.tuning.soft.TinyBackbones;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import dev.cloze.runtime.tuning.writing.TargetObjective;
import dev.cloze.runtime.tuning.writing.TaughtTargets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Twenty steps of two tasks that write and share a prompt, see {@code multitask_writing_goldens.py}. */
class MultitaskWritingTest {

    private static final JsonObject GOLDEN = golden();

    private static JsonObject golden() {
        try {
            return SoftGoldens.read("multitask-writing.json");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "parity-decoder/gpt2, alone",
        "parity-decoder/llama3, alone",
        "parity-t5/t5, alone",
        "parity-decoder/gpt2, taught",
        "parity-decoder/llama3, taught",
        "parity-t5/t5, taught"
    })
    void lossesAndNormsAreThoseOfTorchWithATeacherAndWithout(String name, String kind) throws IOException {
        JsonObject expected = GOLDEN.getAsJsonObject("trainings").getAsJsonObject(name);
        try (Backbone shared = TinyBackbones.load(name)) {
            String before = WeightDigest.of(shared);
            VirtualTokens form = form(shared);
            FactoredShape shape = shape(form);
            List<SoftBackbone> teachers =
                    kind.equals("taught") ? MultitaskPeftTest.teachers(shared, form, expected) : List.of();
            try (FactoredPrompts prompts = FactoredPrompts.load(
                            shared.device(), shape, MultitaskPeftTest.start(expected.getAsJsonObject("start"), shape));
                    JointTuning tuning = new JointTuning(
                            shared, form, parts(prompts, teachers), prompts.groups(TrainingOptions.defaults(), 1))) {
                MultitaskPeftTest.assertSteps(tuning, GOLDEN, expected.getAsJsonObject(kind));
            } finally {
                teachers.forEach(SoftBackbone::close);
            }
            assertThat(WeightDigest.of(shared)).isEqualTo(before);
        }
    }

    /** The tasks' targets of the first half have fewer tokens than those of the second. */
    @ParameterizedTest
    @ValueSource(strings = {"parity-decoder/gpt2", "parity-t5/t5"})
    void accumulationChangesNothing(String name) throws IOException {
        int[][] halves = {{0, 2, 4, 6}, {1, 3, 5, 7}};
        int[] whole = {0, 2, 4, 6, 1, 3, 5, 7};
        double[] once = step(name, whole, whole);
        double[] twice = step(name, whole, halves);
        assertThat(twice).containsExactly(once, within(1e-5));
    }

    /** Loss and norm of the gradients. */
    private static double[] step(String name, int[] whole, int[]... parts) throws IOException {
        JsonObject start =
                GOLDEN.getAsJsonObject("trainings").getAsJsonObject(name).getAsJsonObject("start");
        try (Backbone shared = TinyBackbones.load(name)) {
            VirtualTokens form = form(shared);
            FactoredShape shape = shape(form);
            try (FactoredPrompts prompts =
                            FactoredPrompts.load(shared.device(), shape, MultitaskPeftTest.start(start, shape));
                    JointTuning tuning = new JointTuning(
                            shared, form, parts(prompts, List.of()), prompts.groups(TrainingOptions.defaults(), 1))) {
                tuning.beginStep(whole, 0);
                double loss = 0;
                for (int[] part : parts) {
                    double scale = tuning.weight(part) / tuning.weight(whole);
                    loss += scale * tuning.accumulate(part, scale, 0);
                }
                return new double[] {loss, tuning.gradientNorm()};
            }
        }
    }

    private static VirtualTokens form(Backbone shared) {
        return new VirtualTokens(GOLDEN.get("length").getAsInt(), shared.shape().embeddingSize());
    }

    private static FactoredShape shape(VirtualTokens form) {
        return new FactoredShape(
                form, GOLDEN.get("rank").getAsInt(), GOLDEN.get("tasks").getAsInt());
    }

    private static List<JointTuning.Part> parts(FactoredPrompts prompts, List<SoftBackbone> teachers) {
        int[] taskOf = ParityFixture.vector(GOLDEN.get("task_of"));
        List<JointTuning.Part> parts = new ArrayList<>();
        for (int task = 0; task < GOLDEN.get("tasks").getAsInt(); task++) {
            int own = task;
            List<TextRow> rows = IntStream.range(0, taskOf.length)
                    .filter(i -> taskOf[i] == own)
                    .mapToObj(MultitaskWritingTest::row)
                    .toList();
            Objective.Plan objective = teachers.isEmpty()
                    ? TargetObjective.of(rows, Compat.PAPER)
                    : TaughtTargets.of(
                            rows,
                            Compat.PAPER,
                            (TextBackbone) teachers.get(task),
                            GOLDEN.get("teaching").getAsDouble());
            parts.add(new JointTuning.Part(prompts.of(task), objective, rows.size(), backbone -> 0));
        }
        return parts;
    }

    /** Virtual tokens, the text, and what is to be written. */
    private static TextRow row(int number) {
        JsonObject rows = GOLDEN.getAsJsonObject("rows");
        int length = GOLDEN.get("length").getAsInt();
        int[] text = ParityFixture.matrix(rows.get("texts"))[number];
        int[] source = new int[length + text.length];
        for (int n = 0; n < length; n++) {
            source[n] = Injection.virtualId(n);
        }
        System.arraycopy(text, 0, source, length, text.length);
        return new TextRow(source, ParityFixture.matrix(rows.get("targets"))[number]);
    }
}
