package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a backbone's weight is.
 *
 * @param array the live array
 * @param copying makes a copy in a memory
 */
record LoadedWeight(Supplier<NDArray> array, Function<NDManager, NDArray> copying) {

    /** The live array. */
    NDArray live() {
        return array.get();
    }

    /** A copy in that memory. */
    NDArray copy(NDManager owner) {
        return copying.apply(owner);
    }

    /** An array by itself. */
    static LoadedWeight of(NDArray array) {
        return new LoadedWeight(() -> array, owner -> {
            NDArray copy = array.duplicate();
            copy.attach(owner);
            return copy;
        });
    }

    /** One of a list whose matrices may be packed. */
    static LoadedWeight of(WeightList list, int index) {
        return new LoadedWeight(() -> list.get(index), owner -> list.copy(owner, index));
    }

    /** One of a list of embeddings. */
    static LoadedWeight of(EmbeddingList list, int index) {
        return new LoadedWeight(() -> list.get(index), owner -> list.copy(owner, index));
    }
}
