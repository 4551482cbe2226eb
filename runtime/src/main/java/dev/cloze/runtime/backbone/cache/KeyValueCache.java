package dev.cloze.runtime.backbone.cache;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.runtime.engine.TensorStore;
import java.util.List;
import java.util.Map;

/**
 * Keys and values of every layer, a row for each prompt, in slots that are written once and never moved. For one thread.
 *
 * <p>It grows by a tenth at a time, one tensor after the other, so that it holds at most a tenth beyond its numbers and seldom
 * copies them. While a tenth is less than the next tokens of the rows take, it grows by these instead, so that even the
 * smallest is never copied at two steps running.
 */
public final class KeyValueCache implements AutoCloseable {

    private final NDManager memory;
    private final Kernel kernel;
    private final TensorStore store;
    private int rows;
    private int used;
    private int capacity;

    /**
     * What a slot is made of.
     *
     * @param layers L
     * @param heads of keys and values, H
     * @param headSize D
     */
    public record Sizes(int layers, int heads, int headSize) {}

    /** The kernel that all caches of a backbone share; the caller closes it. */
    public static Kernel kernel(NDManager memory) {
        return Kernel.compile(memory, KernelSource.read("cache", Map.of()));
    }

    /**
     * A cache without any slots in use.
     *
     * @param memory for its calls
     * @param kernel see {@link #kernel}
     * @param like an array of the type its numbers shall have
     * @param capacity slots there is room for at first
     */
    public KeyValueCache(NDManager memory, Kernel kernel, Sizes sizes, NDArray like, int rows, int capacity) {
        this.memory = memory;
        this.kernel = kernel;
        this.rows = rows;
        this.capacity = capacity;
        try (NDManager scope = memory.newSubManager()) {
            NDArray control = Control.of(scope, 2 * sizes.layers(), rows, sizes.heads(), capacity, sizes.headSize());
            this.store = kernel.inferStore("make", control, like);
        }
    }

    /**
     * Slots to make room for where that many are needed: a tenth more, or one more step, whichever is more.
     *
     * @param step how many slots a step takes
     * @param most how many there can ever be
     */
    public static int room(int needed, int step, int most) {
        return Math.max(needed, Math.min(needed + Math.max(needed / 10, step), most));
    }

    /** For kernels: of each layer the keys and then the values, (rows, H, capacity, D) each. */
    public TensorStore store() {
        return store;
    }

    /** How many slots are in use; the next one's index. */
    public int used() {
        return used;
    }

    /** How many rows there are. */
    public int rows() {
        return rows;
    }

    /** Writes a prefix, the key and the value of each layer in turn (1 or rows, H, P, D), into the first slots. */
    public void fill(List<NDArray> prefix) {
        try (NDManager scope = memory.newSubManager();
                TensorList list = TensorList.of(prefix)) {
            kernel.infer(scope, "fill", prefix.get(0), store, list);
        }
        used = (int) prefix.get(0).getShape().get(2);
    }

    /** Makes room for the slots of a step, where there can be {@code most} altogether. */
    public void reserve(int slots, int most) {
        if (used + slots > capacity) {
            move(new int[0], room(used + slots, slots, most));
        }
    }

    /** Says that a kernel has written that many further slots. */
    public void wrote(int slots) {
        used += slots;
    }

    /** Row b becomes row {@code kept[b]} of before, with room for that many slots; the others are given back. */
    public void keep(int[] kept, int slots) {
        move(kept, Math.max(used, slots));
        rows = kept.length;
    }

    private void move(int[] kept, int slots) {
        try (NDManager scope = memory.newSubManager()) {
            long[] index = java.util.Arrays.stream(kept).asLongStream().toArray();
            kernel.infer(
                    scope, "move", Control.of(scope, used, slots), scope.create(index, new Shape(index.length)), store);
        }
        capacity = slots;
    }

    /** Copies of what is in use, of each layer the keys and then the values: (rows, H, S, D) each in that scope. */
    public List<NDArray> arrays(NDManager scope) {
        try (NDManager calls = memory.newSubManager()) {
            return kernel.inferAll(scope, "arrays", Control.of(calls, used), store);
        }
    }

    /** Bytes its tensors take now, as libtorch counts them. */
    public long bytes() {
        try (NDManager scope = memory.newSubManager()) {
            return kernel.infer(scope, "bytes", store).toLongArray()[0];
        }
    }

    @Override
    public void close() {
        store.close();
        rows = 0;
    }
}
