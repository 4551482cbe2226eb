package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Where a backbone's weight is. */
interface LoadedWeight {

    /** The live array. */
    NDArray live();

    /** A copy in that memory. */
    NDArray copy(NDManager owner);

    /** An array by itself. */
    static LoadedWeight of(NDArray array) {
        return new LoadedWeight() {
            @Override
            public NDArray live() {
                return array;
            }

            @Override
            public NDArray copy(NDManager owner) {
                NDArray copy = array.duplicate();
                copy.attach(owner);
                return copy;
            }
        };
    }

    /** One of a list whose matrices may be packed. */
    static LoadedWeight of(WeightList list, int index) {
        return new LoadedWeight() {
            @Override
            public NDArray live() {
                return list.get(index);
            }

            @Override
            public NDArray copy(NDManager owner) {
                return list.copy(owner, index);
            }
        };
    }
}
