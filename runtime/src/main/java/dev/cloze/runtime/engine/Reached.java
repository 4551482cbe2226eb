package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a group that a loss has reached. Libtorch makes a parameter's gradient in the first backward pass that reaches
 * it and adds to that same array from then on; one that no loss has reached has none, and stays as it is, as in torch.
 */
final class Reached implements AutoCloseable {

    private final List<Integer> places = new ArrayList<>();
    private final List<NDArray> others = new ArrayList<>();
    private final TensorList gradients;
    private final List<TensorList> lists = new ArrayList<>();

    /** Found after a backward pass; the gradients lie in that memory. */
    Reached(NDManager memory, List<NDArray> parameters) {
        List<NDArray> found = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            NDArray gradient = Gradients.at(parameters.get(i), memory);
            if (gradient == null) {
                others.add(parameters.get(i));
            } else {
                found.add(gradient);
                places.add(i);
            }
        }
        this.gradients = TensorList.of(found);
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** Whether a later backward pass has reached others as well. */
    boolean isOutdated() {
        return others.stream().anyMatch(Gradients::isAt);
    }

    /** Their gradients. */
    TensorList gradients() {
        return gradients;
    }

    /** Those of these arrays, one for each parameter, that belong to them. */
    TensorList of(List<NDArray> arrays) {
        TensorList list = TensorList.of(places.stream().map(arrays::get).toList());
        lists.add(list);
        return list;
    }

    @Override
    public void close() {
        lists.forEach(TensorList::close);
        gradients.close();
        gradients.arrays().close();
    }
}
