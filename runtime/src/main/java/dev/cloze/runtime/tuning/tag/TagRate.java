package dev.cloze.runtime.tuning.tag;

/** The peak learning rate of tuning all weights to tag words, where nobody sets one. */
public final class TagRate {

    private TagRate() {}

    /**
     * BERT's for named entities, higher for smaller models. At a label's rate, a third of this, the default model had not learnt after
     * 300 steps to go on with what it had begun: see {@code docs/reference/extraction.md}.
     */
    public static double of(int hiddenSize) {
        if (hiddenSize >= 1024) {
            return 2e-5;
        }
        return hiddenSize >= 512 ? 5e-5 : 3e-4;
    }
}
