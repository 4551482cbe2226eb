package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.checkpoint.tensor.FileRows;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.EngineFailure;
import dev.cloze.runtime.engine.InstructionSet;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A backbone's weights on a device, in memory of their own, and the lists of them that its kernels take. */
public final class LoadedWeights implements AutoCloseable {

    private final ComputeDevice device;
    private final NDManager memory;
    private final Packing packing;
    private final Packing exactly;
    private WeightSource source;
    private final Map<WeightSlot, LoadedWeight> weights = new LinkedHashMap<>();
    private final List<TensorList> lists = new ArrayList<>();
    private final List<WeightList> packable = new ArrayList<>();
    private final List<EmbeddingList> embeddings = new ArrayList<>();

    private LoadedWeights(ComputeDevice device, WeightSource source) {
        this.device = device;
        this.memory = NativeMemory.open(device);
        this.packing = new Packing(device);
        this.exactly = new Packing(device.at(ComputePrecision.FLOAT32));
        this.source = source;
    }

    /** What is made of weights from there, and owns them; if that fails, nothing of them stays in memory. */
    public static <T> T load(ComputeDevice device, WeightSource source, Function<LoadedWeights, T> owner) {
        LoadedWeights weights = new LoadedWeights(device, source);
        try {
            T made = EngineFailure.told(
                    "The weights could not be brought to the device " + device + ".", () -> owner.apply(weights));
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
        List<NDArray> arrays = arrays(slots);
        for (int i = 0; i < slots.size(); i++) {
            NDArray array = arrays.get(i);
            slots.get(i).ifPresent(slot -> weights.put(slot, LoadedWeight.of(array)));
        }
        arrays.addAll(List.of(others));
        return list(name, arrays);
    }

    /**
     * Loads the weights of these slots: a list for kernels that multiply with its matrices and read them in no other way.
     *
     * @param cuts with what of them kernels multiply by itself
     */
    public WeightList packable(String name, List<Optional<WeightSlot>> slots, WeightList.Cut... cuts) {
        WeightList list = new WeightList(name, memory, packing, packedRows(), arrays(slots), List.of(cuts));
        packable.add(list);
        for (int i = 0; i < slots.size(); i++) {
            int index = i;
            slots.get(i).ifPresent(slot -> weights.put(slot, LoadedWeight.of(list, index)));
        }
        return list;
    }

    /** Loads the embeddings of these slots, words first, the others behind them, for kernels that look words up by themselves. */
    public EmbeddingList embeddings(List<Optional<WeightSlot>> slots, NDArray... others) {
        List<NDArray> arrays = arrays(slots);
        arrays.addAll(List.of(others));
        FileRows rows = slots.get(0).flatMap(source::rows).orElse(null);
        EmbeddingList list = new EmbeddingList(device, memory, arrays, rows);
        embeddings.add(list);
        for (int i = 0; i < slots.size(); i++) {
            int index = i;
            slots.get(i).ifPresent(slot -> weights.put(slot, LoadedWeight.of(list, index)));
        }
        return list;
    }

    /** The embeddings of words, packed beside them in float32, whatever is said of words. */
    public WeightList packedCopy(EmbeddingList words) {
        WeightList list = packedCopy(words.get(0));
        words.isAlso(list);
        return list;
    }

    /** That matrix, which is in another list, packed beside it in float32. */
    public WeightList packedCopy(NDArray matrix) {
        WeightList list = WeightList.copy(memory, exactly, packedRows(), matrix);
        packable.add(list);
        return list;
    }

    /** Products in bfloat16 are always packed. */
    private int packedRows() {
        return device.precision() == ComputePrecision.BFLOAT16
                ? Integer.MAX_VALUE
                : InstructionSet.present().packedRows();
    }

    private List<NDArray> arrays(List<Optional<WeightSlot>> slots) {
        List<NDArray> arrays = new ArrayList<>();
        slots.forEach(slot ->
                arrays.add(slot.map(present -> source.weight(memory, present)).orElseGet(this::none)));
        return arrays;
    }

    /** Loads the weights of these slots, each for itself rather than in a list. */
    public List<NDArray> each(List<WeightSlot> slots) {
        slots.forEach(slot -> weights.put(slot, LoadedWeight.of(source.weight(memory, slot))));
        return slots.stream()
                .map(slot -> Objects.requireNonNull(weights.get(slot)).live())
                .toList();
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
        Map<WeightSlot, NDArray> live = new LinkedHashMap<>();
        weights.forEach((slot, weight) -> live.put(slot, weight.live()));
        return Collections.unmodifiableMap(live);
    }

    /** The first that is not finite; see {@link Backbone#notFinite}. */
    public Optional<WeightSlot> notFinite() {
        return FiniteWeights.firstNot(weights, LoadedWeight::isFinite);
    }

    /** Copies of them, among which is one published under the names of every slot asked for. */
    WeightSource copies() {
        Map<List<String>, LoadedWeight> byNames = new HashMap<>();
        weights.forEach((slot, weight) -> byNames.put(slot.parts(), weight));
        return (owner, slot) ->
                Objects.requireNonNull(byNames.get(slot.parts())).copy(owner);
    }

    /** Under their published names. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        weights.forEach((slot, weight) -> {
            try (NDManager scope = memory.newSubManager()) {
                tensors.putAll(slot.published(weight.copy(scope)));
            }
        });
        return tensors;
    }

    @Override
    public void close() {
        lists.forEach(TensorList::close);
        packable.forEach(WeightList::close);
        embeddings.forEach(EmbeddingList::close);
        memory.close();
        packing.close();
        exactly.close();
    }
}
