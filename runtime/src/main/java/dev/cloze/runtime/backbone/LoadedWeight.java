package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where a backbone's weight is.
 *
 * @param array the live array
 * @param copying makes a copy in a memory
 * @param finite whether its numbers are, while nobody else can take it away
 */
record LoadedWeight(Supplier<NDArray> array, Function<NDManager, NDArray> copying, BooleanSupplier finite) {

    /** The live array. */
    NDArray live() {
        return array.get();
    }

    /** A copy in that memory. */
    NDArray copy(NDManager owner) {
        return copying.apply(owner);
    }

    /** Whether all its numbers are finite; what is made again to look at them does not stay. */
    boolean isFinite() {
        return finite.getAsBoolean();
    }

    /** An array by itself. */
    static LoadedWeight of(NDArray array) {
        return new LoadedWeight(
                () -> array,
                owner -> {
                    NDArray copy = array.duplicate();
                    copy.attach(owner);
                    return copy;
                },
                () -> FiniteWeights.isFinite(array));
    }

    /** One of a list whose matrices may be packed. */
    static LoadedWeight of(WeightList list, int index) {
        return new LoadedWeight(() -> list.get(index), owner -> list.copy(owner, index), () -> list.isFinite(index));
    }

    /** One of a list of embeddings. */
    static LoadedWeight of(EmbeddingList list, int index) {
        return new LoadedWeight(() -> list.get(index), owner -> list.copy(owner, index), () -> list.isFinite(index));
    }
}
