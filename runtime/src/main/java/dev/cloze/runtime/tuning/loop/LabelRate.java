package dev.cloze.runtime.tuning.loop;

/** The peak learning rate of methods that tune all weights for labels, where nobody sets one. */
public final class LabelRate {

    private LabelRate() {}

    /** LM-BFF's for large models, higher for smaller ones, which need it. */
    public static double of(int hiddenSize) {
        if (hiddenSize >= 1024) {
            return 1e-5;
        }
        return hiddenSize >= 512 ? 2e-5 : hiddenSize >= 256 ? 1e-4 : 3e-4;
    }
}
