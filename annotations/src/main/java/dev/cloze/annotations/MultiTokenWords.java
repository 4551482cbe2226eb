package dev.cloze.annotations;

/** What becomes of a label word that is several tokens of the model's vocabulary. */
public enum MultiTokenWords {
    /** It is an error, in the compiler where the tokenizer is at hand. */
    REJECT,
    /** Only its first token is scored. */
    FIRST,
    /** The mean of its tokens' logits at the one mask is its score. */
    MEAN,
    /**
     * One mask a token; its score is the logarithm of the product of the tokens' conditional probabilities, the
     * most probable token filled in first (Schick and Schütze 2021, arXiv 2009.07118, section 3.1). For labels whose words are
     * about equally long: each token more makes a word less probable.
     */
    JOINT,
    /**
     * As {@link #JOINT}, but divided by the number of tokens: the mean of the logarithms of their conditional probabilities, so
     * that words of different lengths can be compared (the length normalisation of Brown et al. 2020, arXiv 2005.14165, section
     * 2.4).
     */
    JOINT_MEAN,
    /** As {@link #JOINT}, but the tokens are filled in from the first to the last, which is how decoders and T5 write anyway. */
    LEFT_TO_RIGHT,
    /**
     * As {@link #JOINT}, but all masks are asked at once and nothing is filled in: the product of the tokens' own
     * probabilities, in one pass of the model for each length of word. Of encoders only.
     */
    PARALLEL;

    /** Whether a word has a mask for each of its tokens, all of which count. */
    public boolean isJoint() {
        return this == JOINT || this == JOINT_MEAN || this == LEFT_TO_RIGHT || this == PARALLEL;
    }

    /** By what the sum of its tokens' logarithms is divided, where it is joint. */
    public int divisor(int tokens) {
        return this == JOINT_MEAN ? tokens : 1;
    }
}
