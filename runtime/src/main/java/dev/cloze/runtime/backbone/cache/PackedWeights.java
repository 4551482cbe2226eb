package dev.cloze.runtime.backbone.cache;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.OneDnn;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.runtime.engine.TensorStore;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A second copy of the matrices that writing reads, made when text is first written, in the order in which a few rows are
 * multiplied with them fastest: a step of generation spends most of its time there.
 *
 * <p>There is none of weights that are being trained, which change, nor of more than a gigabyte of them, whose second copy
 * may not fit in memory.
 */
public final class PackedWeights implements AutoCloseable {

    private static final long MOST_BYTES = 1L << 30;

    private final Kernel kernel;
    private final TensorList[] lists;
    private final boolean wanted;
    private @Nullable TensorStore store;

    /**
     * Copies that are not made yet.
     *
     * @param kernel whose method {@code pack} takes these lists
     * @param weights those it copies
     */
    public PackedWeights(Kernel kernel, ComputeDevice device, Collection<NDArray> weights, TensorList... lists) {
        this(MOST_BYTES, kernel, device, weights, lists);
    }

    PackedWeights(
            long mostBytes, Kernel kernel, ComputeDevice device, Collection<NDArray> weights, TensorList... lists) {
        this.kernel = kernel;
        this.lists = lists;
        long bytes = weights.stream().mapToLong(array -> 4 * array.size()).sum();
        this.wanted =
                OneDnn.packs(device) && bytes <= mostBytes && weights.stream().noneMatch(NDArray::hasGradient);
    }

    /** The list for a kernel: packed, or the other one where there is no packed one. */
    public synchronized Object orElse(TensorList otherwise) {
        if (!wanted) {
            return otherwise;
        }
        if (store == null) {
            store = kernel.inferStore("pack", (Object[]) lists);
        }
        return store;
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
        }
    }
}
