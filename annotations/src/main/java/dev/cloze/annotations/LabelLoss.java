package dev.cloze.annotations;

/** What tuning makes small where labels are chosen by their words at the mask. */
public enum LabelLoss {
    /** Cross-entropy of the softmax over the labels' scores (Schick and Schütze 2021, arXiv 2001.07676, section 3.1). */
    CROSS_ENTROPY,
    /**
     * The multi-class hinge loss: the sum over the wrong labels of max(0, 1 - score(right) + score(wrong)). The template has
     * as many masks as the longest label word has tokens, the model is asked once, and a word's score is the sum of its
     * tokens' log-probabilities at the first of the masks (Schick and Schütze 2021, arXiv 2009.07118, section 3.1).
     */
    HINGE
}
