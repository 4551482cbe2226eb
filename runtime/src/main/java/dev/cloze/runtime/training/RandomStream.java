package dev.cloze.runtime.training;

import java.util.SplittableRandom;

/**
 * Independent sources of randomness that follow from one seed, so that drawing more from one changes none of the others.
 */
public enum RandomStream {
    /** The order of the training examples. */
    ORDER(1),
    /** Dropout. */
    DROPOUT(2),
    /** Weights that start at random. */
    INIT(3),
    /** Which examples are shown beside an input. */
    DEMONSTRATIONS(4),
    /** The seeds of the trainings that a method makes several of. */
    TRAININGS(5),
    /** What is drawn from texts without labels. */
    UNLABELED(6),
    /** Which spans without a label are learned from. */
    SPANS(7);

    private final int draws;

    RandomStream(int draws) {
        this.draws = draws;
    }

    /**
     * The seed of this stream's part of this number (an epoch, a micro-batch, a tensor), without drawing those before.
     *
     * <p>Parts are neighbouring starting points of a SplitMix generator (Steele et al. 2014), whose output function makes
     * neighbours independent.
     */
    public long seed(long seed, long part) {
        SplittableRandom root = new SplittableRandom(seed);
        long stream = 0;
        for (int i = 0; i < draws; i++) {
            stream = root.nextLong();
        }
        return new SplittableRandom(stream + part).nextLong();
    }
}
