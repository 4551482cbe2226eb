package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A backbone's weights on a device, in memory of their own, and the lists of them that its kernels take. */
public final class LoadedWeights implements AutoCloseable {

    private final ComputeDevice device;
    private final NDManager memory;
    private WeightSource source;
    private final Map<WeightSlot, NDArray> weights = new LinkedHashMap<>();
    private final List<TensorList> lists = new ArrayList<>();

    private LoadedWeights(ComputeDevice device, WeightSource source) {
        this.device = device;
        this.memory = NativeMemory.open(device);
        this.source = source;
    }

    /** What is made of weights from there, and owns them; if that fails, nothing of them stays in memory. */
    public static <T> T load(ComputeDevice device, WeightSource source, Function<LoadedWeights, T> owner) {
        LoadedWeights weights = new LoadedWeights(device, source);
        try {
            T made = owner.apply(weights);
            weights.source = LoadedWeights::allAreLoaded; // the buffers of a reader live no longer than it reads
            return made;
        } catch (RuntimeException | Error e) {
            weights.close();
            throw e;
        }
    }

    private static NDArray allAreLoaded(NDManager memory, WeightSlot slot) {
        throw new IllegalStateException(slot + " is asked for when all weights have been loaded");
    }

    /** Loads the weights of these slots: a list for kernels, an empty array where there is no slot, the others behind them. */
    public TensorList list(String name, List<Optional<WeightSlot>> slots, NDArray... others) {
        List<NDArray> arrays = new ArrayList<>();
        for (Optional<WeightSlot> slot : slots) {
            NDArray array = slot.map(present -> source.weight(memory, present)).orElseGet(this::none);
            slot.ifPresent(present -> weights.put(present, array));
            arrays.add(array);
        }
        arrays.addAll(List.of(others));
        return list(name, arrays);
    }

    /** Loads the weights of these slots, each for itself rather than in a list. */
    public List<NDArray> each(List<WeightSlot> slots) {
        slots.forEach(slot -> weights.put(slot, source.weight(memory, slot)));
        return slots.stream().map(weights::get).toList();
    }

    /** A list of one empty array, for kernels that take it for no list. */
    public TensorList emptyList(String name) {
        return list(name, List.of(none()));
    }

    private TensorList list(String name, List<NDArray> arrays) {
        TensorList list = TensorList.named(name, arrays);
        lists.add(list);
        return list;
    }

    /** An empty array, for kernels that take it for none. */
    public NDArray none() {
        return memory.create(new float[0]);
    }

    /** Where they are. */
    public ComputeDevice device() {
        return device;
    }

    /** The memory they lie in. */
    public NDManager memory() {
        return memory;
    }

    /** The live arrays by slot, in the order they were loaded. */
    public Map<WeightSlot, NDArray> bySlot() {
        return Collections.unmodifiableMap(weights);
    }

    /** Under their published names. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.forEach((slot, array) -> tensors.putAll(slot.published(array)));
        return tensors;
    }

    @Override
    public void close() {
        lists.forEach(TensorList::close);
        memory.close();
    }
}
