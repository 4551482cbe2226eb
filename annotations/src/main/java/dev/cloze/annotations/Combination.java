package dev.cloze.annotations;

/** How much each model counts where several answer together. */
public enum Combination {
    /** Each counts the same. */
    UNIFORM,
    /**
     * Each counts as its pattern's accuracy on the training examples before any training; where all of these are 0, each
     * counts the same.
     */
    WEIGHTED
}
