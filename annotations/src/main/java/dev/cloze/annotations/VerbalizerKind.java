package dev.cloze.annotations;

/** How the scores of labels come from what a model says at the mask, and what of that is trained with the model. */
public enum VerbalizerKind {
    /** The mean of the scores of each label's words; nothing of it is trained (Schick and Schütze 2021, arXiv 2001.07676). */
    WORDS,
    /**
     * A vector for each label in the place of its words: the product with what the model's head compares with words. The vectors
     * start as the words' own and are trained with the model (Hambardzumyan et al. 2021, WARP, arXiv 2101.00121).
     */
    SOFT,
    /**
     * The cosine of a projected hidden state with a prototype of each label. Prototypes and projection are learnt from the examples
     * by contrast, once the model has been tuned by its words (Cui et al. 2022, ProtoVerb, arXiv 2203.09770).
     */
    PROTOTYPES,
    /**
     * A weighted mean of the scores of many words for each label: those that the model hardly expects or that tell nothing of
     * their label are left out, and the weights of the others are trained with the model (Hu et al. 2022, KPT, arXiv
     * 2108.02035).
     */
    KNOWLEDGEABLE
}
