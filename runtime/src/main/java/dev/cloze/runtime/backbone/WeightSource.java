package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.checkpoint.tensor.FileRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where a backbone's weights come from: a checkpoint, or another backbone. */
@FunctionalInterface
public interface WeightSource {

    /** The slot's array, in that memory. */
    NDArray weight(NDManager memory, WeightSlot slot);

    /** The rows of the slot's matrix in a file that has them for longer than this is of use. */
    default Optional<FileRows> rows(WeightSlot slot) {
        return Optional.empty();
    }

    /** Copies of those weights, among which is one published under the names of every slot asked for. */
    static WeightSource copiesOf(Map<WeightSlot, NDArray> weights) {
        Map<List<String>, NDArray> byNames = new HashMap<>();
        weights.forEach((slot, array) -> byNames.put(slot.parts(), array));
        return (memory, slot) -> {
            NDArray copy = Objects.requireNonNull(byNames.get(slot.parts())).duplicate();
            copy.attach(memory);
            return copy;
        };
    }

    /** The same weights, which take gradients. */
    default WeightSource trainable() {
        return (memory, slot) -> {
            NDArray weight = weight(memory, slot);
            weight.setRequiresGradient(true);
            return weight;
        };
    }
}
