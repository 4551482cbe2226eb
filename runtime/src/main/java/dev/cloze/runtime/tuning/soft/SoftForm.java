package dev.cloze.runtime.tuning.soft;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.WeightSlot;
import java.util.List;

/** How trained vectors are saved and how they reach a backbone: a value, which many threads can use at once. */
public interface SoftForm {

    /** The names under which the vectors are saved, with their shapes, always in the same order. */
    List<WeightSlot> slots();

    /**
     * What they are for one pass over rows of any number.
     *
     * @param scope the owner of what is made of them
     * @param vectors one for each slot
     * @param dropout of this pass
     */
    Injection injection(NDManager scope, List<NDArray> vectors, Dropout dropout);

    /**
     * The same for one pass of a training over so many rows, for forms of which each row sees something of its own, such as what
     * dropout leaves of it.
     */
    default Injection injection(NDManager scope, List<NDArray> vectors, Dropout dropout, int rows) {
        return injection(scope, vectors, dropout);
    }

    /** Positions of the model that it takes beside those of the rows, as a prefix does whose text begins behind it. */
    default int positions() {
        return 0;
    }
}
