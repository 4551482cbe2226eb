package dev.cloze.runtime.tuning.multitask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.OpenRoots;
import dev.cloze.runtime.tuning.soft.SoftPrompt;
import dev.cloze.runtime.tuning.soft.VirtualTokens;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the prompts come to, and how that changes with each number that is trained. */
class FactoredPromptsTest {

    private static final FactoredShape SHAPE = new FactoredShape(new VirtualTokens(3, 4), 2, 2);

    @Test
    void thePromptIsWhatIsSharedTimesTheProductOfTheTasksOwn() {
        FactoredShape small = new FactoredShape(new VirtualTokens(2, 2), 1, 1);
        Map<String, double[]> numbers = Map.of(
                "prompt_embeddings", new double[] {1, 2, 3, 4},
                "prefix_task_cols.0", new double[] {10, 100},
                "prefix_task_rows.0", new double[] {5, 7});
        try (FactoredPrompts prompts = prompts(small, numbers);
                NDManager scope = NativeMemory.open(ComputeDevice.CPU)) {
            assertThat(prompts.of(0).vectors(scope).get(0).toDoubleArray()).containsExactly(50, 140, 1500, 2800);
        }
    }

    /** In 64 bits: the gradient of a sum with random weights. */
    @Test
    void gradientsAreThoseOfFiniteDifferences() {
        Random random = new Random(4);
        Map<String, double[]> numbers = new java.util.TreeMap<>();
        numbers.put("prompt_embeddings", drawn(random, 12));
        for (int task = 0; task < 2; task++) {
            numbers.put("prefix_task_cols." + task, drawn(random, 6));
            numbers.put("prefix_task_rows." + task, drawn(random, 8));
        }
        double[] probe = drawn(random, 12);
        int roots = OpenRoots.count();
        try (FactoredPrompts prompts = prompts(SHAPE, numbers);
                NDManager scope = NativeMemory.open(ComputeDevice.CPU);
                Gradients recording = Gradients.record()) {
            SoftPrompt prompt = prompts.of(1);
            NDArray weights = scope.create(probe, new Shape(3, 4));
            recording.backward(prompt.vectors(scope).get(0).mul(weights).sum());
            for (Map.Entry<WeightSlot, NDArray> each : prompt.weights().entrySet()) {
                String name = each.getKey().parts().get(0);
                double[] found = each.getValue().getGradient().toDoubleArray();
                for (int i = 0; i < found.length; i++) {
                    double slope =
                            (moved(numbers, name, i, 1e-6, probe) - moved(numbers, name, i, -1e-6, probe)) / 2e-6;
                    assertThat(found[i]).as("%s %d", name, i).isCloseTo(slope, within(1e-7));
                }
            }
            assertThat(prompts.of(0).weights().keySet().stream()
                            .map(slot -> slot.parts().get(0)))
                    .containsExactly("prompt_embeddings", "prefix_task_cols.0", "prefix_task_rows.0");
        }
        assertThat(OpenRoots.count()).isEqualTo(roots);
    }

    /** The sum, computed by hand, where one number of the second task's is another. */
    private static double moved(Map<String, double[]> numbers, String name, int at, double by, double[] probe) {
        double[] shared = of(numbers, "prompt_embeddings").clone();
        double[] columns = of(numbers, "prefix_task_cols.1").clone();
        double[] rows = of(numbers, "prefix_task_rows.1").clone();
        (name.equals("prompt_embeddings") ? shared : name.startsWith("prefix_task_cols") ? columns : rows)[at] += by;
        double sum = 0;
        for (int p = 0; p < 3; p++) {
            for (int j = 0; j < 4; j++) {
                double own = columns[p * 2] * rows[j] + columns[p * 2 + 1] * rows[4 + j];
                sum += probe[p * 4 + j] * shared[p * 4 + j] * own;
            }
        }
        return sum;
    }

    private static FactoredPrompts prompts(FactoredShape shape, Map<String, double[]> numbers) {
        return FactoredPrompts.load(
                ComputeDevice.CPU,
                shape,
                (memory, slot) -> memory.create(of(numbers, slot.parts().get(0)).clone(), new Shape(slot.shape())));
    }

    private static double[] of(Map<String, double[]> numbers, String name) {
        return Objects.requireNonNull(numbers.get(name), name);
    }

    private static double[] drawn(Random random, int count) {
        return random.doubles(count, -1, 1).toArray();
    }
}
