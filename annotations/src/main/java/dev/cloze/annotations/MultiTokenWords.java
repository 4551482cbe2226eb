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
     * most probable token filled in first (Schick and Schütze 2021, arXiv 2009.07118, section 3.2).
     */
    JOINT
}
