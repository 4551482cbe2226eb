package dev.cloze.runtime.backbone.decoder;

import ai.djl.ndarray.NDArray;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.OneDnn;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.runtime.engine.TensorStore;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A second copy of a decoder's matrices, made when text is first written, in the order in which a few rows are multiplied with
 * them fastest: a step of generation spends most of its time there.
 *
 * <p>There is none of weights that are being trained, which change, nor of more than a gigabyte of them, whose second copy
 * may not fit in memory.
 */
final class PackedWeights implements AutoCloseable {

    private static final long MOST_BYTES = 1L << 30;

    private final Kernel kernel;
    private final TensorList embedding;
    private final TensorList layers;
    private final TensorList head;
    private final boolean wanted;
    private @Nullable TensorStore store;

    PackedWeights(
            Kernel kernel,
            TensorList embedding,
            TensorList layers,
            TensorList head,
            Collection<NDArray> weights,
            ComputeDevice device) {
        this.kernel = kernel;
        this.embedding = embedding;
        this.layers = layers;
        this.head = head;
        long bytes = weights.stream().mapToLong(array -> 4 * array.size()).sum();
        this.wanted = OneDnn.packs(device) && bytes <= MOST_BYTES;
    }

    /** The list for a kernel: packed, or the other one where there is no packed one. */
    synchronized Object orElse(TensorList otherwise) {
        if (!wanted || isTrained()) {
            return otherwise;
        }
        if (store == null) {
            store = kernel.inferStore("pack", embedding, layers, head);
        }
        return store;
    }

    private boolean isTrained() {
        return layers.get(0).hasGradient();
    }

    @Override
    public synchronized void close() {
        if (store != null) {
            store.close();
        }
    }
}
