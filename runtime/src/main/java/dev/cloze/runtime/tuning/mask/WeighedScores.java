package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.engine.Kernel;
import java.util.List;

/**
 * Label scores by weighted words, see {@link WordWeights}, with the graph behind both.
 *
 * @param kernel with the operations of {@code tuning}
 */
record WeighedScores(Backbone backbone, Kernel kernel, MaskRows rows, WordWeights weights) implements LabelScores {

    @Override
    public LabelScores drawn(int[] batch, long seed) {
        return new WeighedScores(backbone, kernel, rows.drawn(batch, seed), weights);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        return rows.buckets(batch, backbone);
    }

    @Override
    public NDArray of(NDManager scope, int[] members, Dropout dropout) {
        NDArray said = backbone.logits(scope, rows.of(members), weights.tokens(), false, dropout, Injection.NONE);
        return kernel.train(scope, "weigh", said, weights.words(), weights.weights(), weights.kept(), weights.labels());
    }
}
