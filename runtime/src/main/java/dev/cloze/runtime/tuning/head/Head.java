package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The weights of a classification head on a device, in memory of their own, and the kernel that runs over them: label scores
 * (B, C) of hidden states (B, E), or (B, M, C) of (B, M, E). Many threads can use one at once.
 */
public final class Head implements AutoCloseable {

    /** Between the seeds of the layers below, which are fewer, and those of the next bucket. */
    private static final long SEED = 1L << 15;

    private final ClassifierHead shape;
    private final LoadedWeights loaded;
    private final Kernel kernel;
    private final TensorList weights;
    private final NDArray plain;

    private Head(ClassifierHead shape, List<Optional<WeightSlot>> slots, LoadedWeights loaded) {
        this.shape = shape;
        this.loaded = loaded;
        this.weights = loaded.list("weights", slots);
        this.plain = control(loaded.memory(), Dropout.NONE);
        this.kernel = Kernel.compile(loaded.memory(), source(shape));
    }

    /**
     * A head of that shape.
     *
     * @param hiddenSize E
     * @param labels C
     * @param source of its weights
     */
    public static Head of(ClassifierHead shape, int hiddenSize, int labels, ComputeDevice device, WeightSource source) {
        List<WeightSlot> named = shape.slots(hiddenSize, labels);
        List<Optional<WeightSlot>> slots = new ArrayList<>();
        for (String name : List.of(
                shape.dense() + ".weight",
                shape.dense() + ".bias",
                shape.labels() + ".weight",
                shape.labels() + ".bias")) {
            slots.add(named.stream().filter(slot -> slot.parts().contains(name)).findFirst());
        }
        return LoadedWeights.load(device, source, loaded -> new Head(shape, slots, loaded));
    }

    /**
     * A head with copies of those weights, which are among others: slots are made anew for each head, so that names tell them.
     */
    public static Head copied(
            ClassifierHead shape, int hiddenSize, int labels, ComputeDevice device, Map<WeightSlot, NDArray> weights) {
        Map<String, NDArray> byName = new HashMap<>();
        weights.forEach((slot, array) -> byName.put(slot.parts().get(0), array));
        return of(shape, hiddenSize, labels, device, (memory, slot) -> {
            String name = slot.parts().get(0);
            NDArray copy = Objects.requireNonNull(byName.get(name), name).duplicate();
            copy.attach(memory);
            return copy;
        });
    }

    /** The kernel of heads of that shape. */
    public static KernelSource source(ClassifierHead shape) {
        return KernelSource.read(
                "head",
                Map.of(
                        "dropsTwice",
                        shape.dropsTwice() ? "True" : "False",
                        "activation",
                        shape.activation().name().toLowerCase(Locale.ROOT)));
    }

    /** Its shape. */
    public ClassifierHead shape() {
        return shape;
    }

    /** Its live arrays by slot, always in the same order. */
    public Map<WeightSlot, NDArray> weights() {
        return loaded.bySlot();
    }

    /** Its weights under their published names. */
    public Map<String, Tensor> tensors() {
        return loaded.tensors();
    }

    /** Label scores, with the graph behind them; unless nothing is dropped, at the head's own rate. */
    public NDArray scores(NDManager scope, NDArray states, Dropout dropout) {
        return kernel.train(scope, "forward", states, control(scope, dropout), weights);
    }

    /** The same without a graph, where nothing is dropped. */
    public NDArray scores(NDManager scope, NDArray states) {
        return kernel.infer(scope, "forward", states, plain, weights);
    }

    private NDArray control(NDManager memory, Dropout dropout) {
        double rate = dropout.equals(Dropout.NONE) ? 0 : shape.dropout();
        return Control.of(memory, rate, dropout.seed() + SEED);
    }

    @Override
    public void close() {
        kernel.close();
        loaded.close();
    }
}
