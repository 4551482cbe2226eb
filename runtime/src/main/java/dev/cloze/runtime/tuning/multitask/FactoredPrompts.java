package dev.cloze.runtime.tuning.multitask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.tuning.loop.WeightGroup;
import dev.cloze.runtime.tuning.soft.SoftPrompt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The prompts of several tasks as trained: {@code P * (U_t V_t)}, number by number, with one P for all (Wang et al. 2023, arXiv
 * 2303.02861, equation 1).
 */
final class FactoredPrompts implements AutoCloseable {

    private record Own(NDArray columns, NDArray rows) {}

    private final FactoredShape shape;
    private final LoadedWeights loaded;
    private final Kernel kernel;
    private final NDArray shared;
    private final List<Own> own;

    private FactoredPrompts(FactoredShape shape, LoadedWeights loaded) {
        this.shape = shape;
        this.loaded = loaded;
        this.shared = loaded.each(List.of(shape.shared())).get(0);
        this.own = IntStream.range(0, shape.tasks())
                .mapToObj(task -> loaded.each(shape.own(task)))
                .map(both -> new Own(both.get(0), both.get(1)))
                .toList();
        // PEFT has all tasks in one array: a step moves those too that its batch has no example of.
        loaded.bySlot().values().forEach(Gradients::begin);
        this.kernel = Kernel.compile(loaded.memory(), KernelSource.read("tuning", Map.of()));
    }

    /** Prompts of that shape, which take gradients, with weights from there. */
    static FactoredPrompts load(ComputeDevice device, FactoredShape shape, WeightSource source) {
        return LoadedWeights.load(device, source.trainable(), loaded -> new FactoredPrompts(shape, loaded));
    }

    /**
     * All that is trained, by AdamW: what is shared at the loop's rate, and what is of the tasks at a rate of its own.
     *
     * @param faster the tasks' rate, times the loop's
     */
    List<WeightGroup> groups(TrainingOptions options, double faster) {
        List<WeightSlot> ofTasks = IntStream.range(0, shape.tasks())
                .mapToObj(shape::own)
                .flatMap(List::stream)
                .toList();
        return List.of(
                WeightGroup.of(weights(List.of(shape.shared())), options),
                WeightGroup.of(weights(ofTasks), faster, options.weightDecay(), options));
    }

    private Map<WeightSlot, NDArray> weights(List<WeightSlot> slots) {
        Map<String, Map.Entry<WeightSlot, NDArray>> byName = new LinkedHashMap<>();
        loaded.bySlot().entrySet().forEach(entry -> byName.put(name(entry.getKey()), entry));
        Map<WeightSlot, NDArray> some = new LinkedHashMap<>();
        slots.stream().map(slot -> byName.get(name(slot))).forEach(entry -> some.put(entry.getKey(), entry.getValue()));
        return some;
    }

    private static String name(WeightSlot slot) {
        return slot.parts().get(0);
    }

    /** That of a task, to be closed with all of them. */
    SoftPrompt of(int task) {
        return new Prompt(task, false);
    }

    /** That of the only task, which takes over all of them. */
    SoftPrompt alone() {
        return new Prompt(0, true);
    }

    private final class Prompt implements SoftPrompt {

        private final int task;
        private final boolean owner;

        Prompt(int task, boolean owner) {
            this.task = task;
            this.owner = owner;
        }

        @Override
        public Map<WeightSlot, NDArray> weights() {
            List<WeightSlot> slots = new ArrayList<>(List.of(shape.shared()));
            slots.addAll(shape.own(task));
            return FactoredPrompts.this.weights(slots);
        }

        @Override
        public List<NDArray> vectors(NDManager scope) {
            return List.of(kernel.train(
                    scope,
                    "factored",
                    shared,
                    own.get(task).columns(),
                    own.get(task).rows()));
        }

        @Override
        public void close() {
            if (owner) {
                FactoredPrompts.this.close();
            }
        }
    }

    @Override
    public void close() {
        kernel.close();
        loaded.close();
    }
}
