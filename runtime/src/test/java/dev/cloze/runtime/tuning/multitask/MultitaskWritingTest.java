package dev.cloze.runtime.tuning.multitask;

import static org.assertj.core.api.Assertions.assertThat;

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
            VirtualTokens form = new VirtualTokens(
                    GOLDEN.get("length").getAsInt(), shared.shape().embeddingSize());
            FactoredShape shape = new FactoredShape(
                    form, GOLDEN.get("rank").getAsInt(), GOLDEN.get("tasks").getAsInt());
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
