package dev.cloze.runtime.tuning.loop;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.engine.Gradients;
import java.util.Arrays;

/** One micro-batch of an objective: its examples in buckets of like length, one backward pass each. */
public final class MicroBatch {

    /** Seeds travel as doubles, which hold whole numbers up to here. */
    private static final long SEEDS = 1L << 50;

    private final Objective objective;
    private final NDManager memory;
    private final Dropout rates;

    /**
     * @param memory each pass lies in a child of it
     * @param rates of dropout, whose seed does not count
     */
    public MicroBatch(Objective objective, NDManager memory, Dropout rates) {
        this.objective = objective;
        this.memory = memory;
        this.rates = rates;
    }

    /** Adds to the gradients, see {@link dev.cloze.runtime.training.TrainableModel#accumulate}. */
    public double accumulate(int[] batch, double scale, long dropoutSeed) {
        return accumulate(batch, scale, dropoutSeed, dropoutSeed);
    }

    /**
     * The same where what is drawn for the examples does not follow from the micro-batch.
     *
     * @param drawingSeed see {@link Objective#drawn}
     */
    public double accumulate(int[] batch, double scale, long dropoutSeed, long drawingSeed) {
        double loss = 0;
        long seed = Math.floorMod(dropoutSeed, SEEDS);
        Objective drawn = objective.drawn(batch, drawingSeed);
        for (int[] bucket : drawn.buckets(batch)) {
            int[] members = Arrays.stream(bucket).map(i -> batch[i]).toArray();
            double share = objective.weight(members) / objective.weight(batch);
            loss += backward(drawn, members, share, scale, seed) / scale;
            seed += 1L << 16;
        }
        return loss;
    }

    /** The bucket's share of the batch's loss, times the scale. */
    private double backward(Objective drawn, int[] members, double share, double scale, long seed) {
        Dropout dropout = new Dropout(rates.hidden(), rates.attention(), seed);
        try (NDManager scope = memory.newSubManager();
                Gradients gradients = Gradients.record()) {
            NDArray loss = drawn.loss(scope, members, share, scale, dropout);
            gradients.backward(loss);
            return loss.getFloat();
        }
    }
}
