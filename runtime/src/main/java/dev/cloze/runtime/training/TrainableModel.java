package dev.cloze.runtime.training;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What a {@link TrainingLoop} trains: weights with their gradients, optimizer state and a copy of the best weights so
 * far.
 *
 * <p>The loop calls it from one thread, and never two methods at once. With the same weights, optimizer state and
 * arguments a call gives the same result bit for bit. The caller of the loop closes it.
 */
public interface TrainableModel extends AutoCloseable {

    /**
     * What these examples count in the mean loss of a step: one each, unless the loss is a mean over something else.
     */
    default double weight(int[] examples) {
        return examples.length;
    }

    /**
     * Told before each step.
     *
     * @param examples all of the step's, however many micro-batches it is divided into
     * @param drawingSeed of what is drawn for them, the same for all micro-batches
     */
    default void beginStep(int[] examples, long drawingSeed) {}

    /** Told before each micro-batch, with its number among all of the training, from 0: what is drawn beside it follows from that. */
    default void begin(long microBatch) {}

    /**
     * Runs one micro-batch forward and backward, and adds {@code scale} times the gradient of its mean loss to the
     * gradients.
     *
     * @param examples positions in the training set
     * @param scale the micro-batch's share of the step's {@link #weight}, above 0 and at most 1
     * @param dropoutSeed the only source of randomness
     * @return the mean loss of these examples, not scaled
     */
    double accumulate(int[] examples, double scale, long dropoutSeed);

    /** How many numbers are trained: what is frozen doesn't count, a network that is dropped afterwards does. */
    long trainedParameters();

    /** The L2 norm of all gradients as one vector; not finite if any of them is not. */
    double gradientNorm();

    /** Makes one optimizer step with every gradient multiplied by the factor, then sets the gradients to zero. */
    void update(double learningRate, double gradientFactor);

    /** How good the weights are on the development set: higher is better. */
    double devScore();

    /** Remembers the weights as the best so far. */
    void keepBest();

    /** Sets the weights to those last remembered. */
    void restoreBest();

    /**
     * Writes weights, optimizer state and best weights, exactly, as files of an existing empty folder.
     *
     * @throws IOException if they cannot be written, for instance because the disk is full
     */
    void writeState(Path folder) throws IOException;

    /** Bytes that {@link #writeState} writes; 0 where nobody knows. */
    default long stateBytes() {
        return 0;
    }

    /** Reads what {@link #writeState} wrote: the next step is the one it would have been. */
    void readState(Path folder) throws IOException;

    @Override
    void close();
}
