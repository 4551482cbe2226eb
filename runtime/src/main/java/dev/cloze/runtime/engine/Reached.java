package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters of a group that a loss reaches. Libtorch makes a parameter's gradient in the first backward pass and adds to
 * that same array from then on; one that the loss does not reach has none, and stays as it is, as in torch.
 */
final class Reached implements AutoCloseable {

    private final List<Integer> places = new ArrayList<>();
    private final TensorList gradients;
    private final List<TensorList> lists = new ArrayList<>();

    /** Found after the first backward pass; the gradients lie in that memory. */
    Reached(NDManager memory, List<NDArray> parameters) {
        List<NDArray> found = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            NDArray gradient = parameters.get(i).getGradient();
            if (gradient != null) {
                gradient.attach(memory);
                found.add(gradient);
                places.add(i);
            }
        }
        this.gradients = TensorList.of(found);
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
    }
}
