package dev.cloze.runtime.training;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Which examples a step is made of: epochs of all examples, each shuffled anew, one after the other, cut into batches.
 *
 * <p>A step's batch follows from its number alone, so a training can go on at any step. A batch may begin in one epoch
 * and end in the next, so that all have the same size: {@code batchSize}, or all examples if they are fewer. Not
 * thread-safe.
 */
public final class BatchOrder {

    private final int examples;
    private final int batchSize;
    private final long seed;

    private long shuffledEpoch = -1;
    private int[] shuffled = {};

    /**
     * @throws ClozeException {@code TrainingTooFewExamples} if there are none
     */
    public BatchOrder(int examples, int batchSize, long seed) {
        if (examples < 1) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "The training set is empty.\n  Training needs at least one example; sixteen a label are usual.");
        }
        this.examples = examples;
        this.batchSize = Math.min(batchSize, examples);
        this.seed = seed;
    }

    /** The examples of the step of this number, from 1. */
    public int[] batch(int step) {
        int[] batch = new int[batchSize];
        long first = (step - 1L) * batchSize;
        for (int i = 0; i < batchSize; i++) {
            batch[i] = example(first + i);
        }
        return batch;
    }

    /** A batch in parts of nearly equal size, as many as asked but none empty. */
    static int[][] split(int[] batch, int parts) {
        int count = Math.min(parts, batch.length);
        int[][] split = new int[count][];
        for (int i = 0; i < count; i++) {
            split[i] = Arrays.copyOfRange(batch, i * batch.length / count, (i + 1) * batch.length / count);
        }
        return split;
    }

    private int example(long position) {
        long epoch = position / examples;
        if (epoch != shuffledEpoch) {
            shuffled = shuffle(epoch);
            shuffledEpoch = epoch;
        }
        return shuffled[(int) (position % examples)];
    }

    private int[] shuffle(long epoch) {
        SplittableRandom random = new SplittableRandom(RandomStream.ORDER.seed(seed, epoch));
        int[] order = new int[examples];
        for (int i = 0; i < examples; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
