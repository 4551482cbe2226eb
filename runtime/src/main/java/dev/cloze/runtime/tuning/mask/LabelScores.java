package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import java.util.List;

/** The label scores that a training optimises, computed with the graph behind them. */
interface LabelScores {

    /** The same for one micro-batch, see {@link ExampleTexts#drawn}. */
    LabelScores drawn(int[] batch, long seed);

    /** The places in this batch of the examples of each bucket of like length. */
    List<int[]> buckets(int[] batch);

    /** The scores of the labels, (B, C) in that scope. */
    NDArray of(NDManager scope, int[] members, Dropout dropout);
}
