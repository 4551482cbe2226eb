package dev.cloze.runtime.tuning.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.engine.Kernel;
import java.util.List;

/** What a training makes small, whatever weights it trains: examples are known by position. */
public interface Objective {

    /**
     * This objective for one micro-batch, where something of it is drawn anew each time an example comes: the same numbers
     * give the same draw. What it holds of native memory is this objective's.
     *
     * @param seed the only source of randomness, the same for all micro-batches of a step: what is drawn follows from it and the
     *     example, so that accumulation changes nothing
     */
    default Objective drawn(int[] batch, long seed) {
        return this;
    }

    /** What these examples count in the mean loss of a step: one each, unless the loss is a mean over something else. */
    default double weight(int[] examples) {
        return examples.length;
    }

    /** Told before each micro-batch, with its number among all of the training, from 0. */
    default void begin(long microBatch) {}

    /** The places in this batch of the examples of each bucket of like length. */
    List<int[]> buckets(int[] batch);

    /**
     * The loss of these examples with the graph behind it, times the factor: 0-d in that scope.
     *
     * @param share of the bucket in the micro-batch's loss
     */
    NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout);

    /** An objective that is known before there is a backbone to train. */
    @FunctionalInterface
    interface Plan {

        /**
         * The objective of this backbone.
         *
         * @param kernel with the operations of {@code tuning}; the arrays that the objective keeps are of the backbone's
         *     memory
         */
        Objective of(Backbone trained, Kernel kernel);
    }
}
