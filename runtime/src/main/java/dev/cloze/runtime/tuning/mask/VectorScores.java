package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.engine.Kernel;
import java.util.List;

/**
 * Label scores by the vectors of labels, see {@link VectorVerbalization}, with the graph behind both.
 *
 * @param kernel with the operations of {@code tuning}
 * @param vectors (C, e), which take gradients
 */
record VectorScores(Backbone backbone, Kernel kernel, MaskRows rows, NDArray vectors) implements LabelScores {

    @Override
    public LabelScores drawn(int[] batch, long seed) {
        return new VectorScores(backbone, kernel, rows.drawn(batch, seed), vectors);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        return rows.buckets(batch, backbone);
    }

    @Override
    public NDArray of(NDManager scope, int[] members, Dropout dropout) {
        NDArray compared = backbone.states(scope, rows.of(members), StatePooling.HEAD, dropout, Injection.NONE);
        return kernel.train(scope, "compare", compared, vectors);
    }
}
