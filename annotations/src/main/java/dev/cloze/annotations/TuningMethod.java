package dev.cloze.annotations;

/** How the language model is tuned for a task. */
public enum TuningMethod {
    /**
     * All weights are tuned, with cross-entropy over the label words at the mask (Gao et al. 2021, LM-BFF, arXiv
     * 2012.15723, section 3); where a text is written, over the tokens of the pairs' texts.
     */
    PROMPT_FINE_TUNING
}
