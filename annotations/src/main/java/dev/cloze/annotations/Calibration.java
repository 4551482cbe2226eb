package dev.cloze.annotations;

/** How the scores of labels are freed from the bias a model has without any input. */
public enum Calibration {
    /** The scores stay as they are. */
    NONE,
    /**
     * Each label word's probability is divided by the one it has for an input without content (contextual
     * calibration, Zhao et al. 2021, arXiv 2102.09690).
     */
    CONTEXTUAL,
    /**
     * The score is the logarithm of the probability given the input over the probability given the fixed text alone
     * (domain-conditional pointwise mutual information, Holtzman et al. 2021, arXiv 2104.08315).
     */
    PMI
}
