package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.TensorList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What a kernel that looks words up is given.
 *
 * @param words those of its ids, (N, E), where they have been found for it; otherwise it finds them in the list
 * @param list the embeddings
 */
public record FoundWords(Optional<NDArray> words, TensorList list) {

    /** The kernel finds them. */
    public static FoundWords in(TensorList list) {
        return new FoundWords(Optional.empty(), list);
    }

    /** In place of ids of that shape: (.., E); empty where the kernel finds them. */
    public Optional<NDArray> inputs(Shape ids) {
        return words.map(
                found -> found.reshape(ids.addAll(new Shape(found.getShape().get(1)))));
    }

    /** Calls what looks ids up in a table: the words found, if so, in which each id that is none below 0 is where it stands. */
    public NDArray lookedUp(NDArray ids, BiFunction<NDArray, TensorList, NDArray> call) {
        if (words.isEmpty()) {
            return call.apply(ids, list);
        }
        NDManager scope = words.get().getManager();
        NDArray places = scope.arange(0, ids.size(), 1, DataType.INT64).reshape(ids.getShape());
        try (TensorList table = TensorList.named("found", List.of(words.get()))) {
            return call.apply(NDArrays.where(ids.lt(0), ids, places), table);
        }
    }
}
