package dev.cloze.runtime.tuning.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.EngineFailure;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.Optimizer;
import dev.cloze.runtime.engine.TensorList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Weights under training, whatever they are of: groups of them with their optimizers, and the best so far. */
public final class TunedWeights implements AutoCloseable {

    private static final String STATE = "state.safetensors";

    private record Optimized(Optimizer optimizer, double rate) {}

    private final Map<WeightSlot, NDArray> weights = new LinkedHashMap<>();
    private final Kernel kernel;
    private final NDManager memory;
    private final List<Optimized> optimizers = new ArrayList<>();
    private final List<NDArray> present;
    private final List<NDArray> best;
    private final TensorList presentList;
    private final TensorList bestList;

    /**
     * Weights that take gradients, all of one group, which stay the caller's.
     *
     * @param memory what belongs to the training lies in a child of it
     * @param weights the live arrays by slot, always in the same order
     * @param kernel with the operations of {@code tuning}
     */
    public TunedWeights(NDManager memory, Map<WeightSlot, NDArray> weights, Kernel kernel, TrainingOptions options) {
        this(memory, List.of(WeightGroup.of(weights, options)), kernel);
    }

    /** The same of several groups, always in the same order. */
    public TunedWeights(NDManager memory, List<WeightGroup> groups, Kernel kernel) {
        groups.forEach(group -> weights.putAll(group.weights()));
        this.kernel = kernel;
        this.memory = memory.newSubManager();
        this.present = List.copyOf(weights.values());
        this.best = EngineFailure.told(
                "What the training keeps beside the weights could not be brought to their device.",
                () -> beside(groups));
        this.presentList = TensorList.of(present);
        this.bestList = TensorList.of(best);
    }

    /** The optimizers, and room for the best weights. */
    private List<NDArray> beside(List<WeightGroup> groups) {
        groups.forEach(this::optimize);
        List<NDArray> room = new ArrayList<>();
        present.forEach(array -> room.add(memory.zeros(array.getShape())));
        return room;
    }

    /** Those with weight decay and those without have an optimizer each. */
    private void optimize(WeightGroup group) {
        for (boolean withoutDecay : List.of(false, true)) {
            List<NDArray> members = group.members(withoutDecay);
            if (!members.isEmpty()) {
                double decay = withoutDecay ? 0 : group.weightDecay();
                optimizers.add(new Optimized(group.rule().of(memory, members, decay), group.rate()));
            }
        }
    }

    /** How many numbers they are. */
    public long size() {
        return present.stream().mapToLong(array -> array.getShape().size()).sum();
    }

    /** The L2 norm of all gradients as one vector; not finite if any of them is not. */
    public double gradientNorm() {
        double squares = 0;
        for (Optimized each : optimizers) {
            double norm = each.optimizer().gradientNorm();
            squares += norm * norm;
        }
        return Math.sqrt(squares);
    }

    /** One step with the gradients times the factor, at the learning rate times each group's own; then they are zero. */
    public void step(double learningRate, double factor) {
        optimizers.forEach(each -> each.optimizer().step(learningRate * each.rate(), factor));
    }

    /** Remembers the weights as the best so far. */
    public void keepBest() {
        copy(bestList, presentList);
    }

    /** Sets the weights to those last remembered. */
    public void restoreBest() {
        copy(presentList, bestList);
    }

    private void copy(TensorList to, TensorList from) {
        try (NDManager scope = memory.newSubManager()) {
            kernel.infer(scope, "copy", to, from);
        }
    }

    /** What is made with copies of the present weights, which it gets as arrays that take no gradients and are gone afterwards. */
    public <T> T frozen(Function<Map<WeightSlot, NDArray>, T> make) {
        try (NDManager scope = memory.newSubManager()) {
            Map<WeightSlot, NDArray> bySlot = new LinkedHashMap<>();
            weights.forEach((slot, array) -> {
                NDArray same = array.stopGradient();
                same.attach(scope);
                bySlot.put(slot, same);
            });
            return make.apply(bySlot);
        }
    }

    /** How many native arrays it holds, for leak tests. */
    public int managedArrays() {
        return memory.getManagedArrays().size()
                + optimizers.stream()
                        .mapToInt(each -> each.optimizer().managedArrays())
                        .sum();
    }

    /** Writes weights, what the optimizers remember, and best weights, exactly. */
    public void write(Path folder) throws IOException {
        Map<String, Tensor> state = new LinkedHashMap<>();
        named().forEach((name, array) -> state.put(
                name,
                Tensor.read(() -> NativeMemory.floats(array), array.getShape().getShape())));
        SafetensorsWriter.write(folder.resolve(STATE), state, Map.of());
    }

    /** Bytes that {@link #write} writes. */
    public long stateBytes() {
        return named().values().stream()
                .mapToLong(array -> array.getShape().size() * Float.BYTES)
                .sum();
    }

    /** Reads what {@link #write} wrote. */
    public void read(Path folder) {
        try (Checkpoint state = Checkpoint.openFile(folder.resolve(STATE))) {
            named().forEach((name, array) -> read(state, name, array));
        }
    }

    /** One at a time: all at once would be four times the weights more. */
    private void read(Checkpoint state, String name, NDArray array) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray stored = scope.create(state.floats(name), new Shape(state.shape(name)), DataType.FLOAT32);
            try (TensorList target = TensorList.of(List.of(array));
                    TensorList source = TensorList.of(List.of(stored))) {
                copy(target, source);
            }
        }
    }

    private Map<String, NDArray> named() {
        Map<String, NDArray> named = new LinkedHashMap<>();
        put(named, "weight", present);
        put(named, "best", best);
        for (int g = 0; g < optimizers.size(); g++) {
            String group = g + ".";
            optimizers.get(g).optimizer().state().forEach((name, arrays) -> put(named, group + name, arrays));
        }
        return named;
    }

    private static void put(Map<String, NDArray> named, String prefix, List<NDArray> arrays) {
        for (int i = 0; i < arrays.size(); i++) {
            named.put(prefix + "." + i, arrays.get(i));
        }
    }

    @Override
    public void close() {
        optimizers.forEach(each -> each.optimizer().close());
        presentList.close();
        bestList.close();
        memory.close();
    }
}
