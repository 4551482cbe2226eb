package dev.cloze.runtime.tuning.prefix;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.adapter.Adapter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.Arrays;

/**
 * A decoder's prefix as PEFT keeps it for encoder-decoders: pairs of keys and values are laid out twice and taken by fours, of
 * which the decoder's own attention gets the first two ({@code PeftModel.get_prompt}). So layer i has pair 2i mod L; with an even
 * L every other pair is never used, and layers i and i + L/2 have the same.
 */
final class RepeatedPairs {

    private RepeatedPairs() {}

    /** The pair of each layer in turn, (P, 2 L H D), of what PEFT keeps. */
    static Tensor read(Adapter adapter) {
        int layers = adapter.config().layers();
        int pair = 2 * adapter.config().tokenDim();
        int rows = adapter.config().length();
        float[] kept = adapter.numbers();
        float[] read = new float[kept.length];
        for (int p = 0; p < rows; p++) {
            for (int i = 0; i < layers; i++) {
                System.arraycopy(kept, (p * layers + 2 * i % layers) * pair, read, (p * layers + i) * pair, pair);
            }
        }
        return Tensor.of(read, rows, (long) layers * pair);
    }

    /**
     * What PEFT keeps of the pair of each layer; pairs that it never uses are zero.
     *
     * @param width H D
     * @throws ClozeException ADAPTER_UNSUPPORTED where two layers have different pairs that PEFT has one of
     */
    static Tensor written(Tensor prefix, int layers, int width) {
        int pair = 2 * width;
        int rows = (int) prefix.shape()[0];
        float[] each = new float[prefix.data().remaining()];
        prefix.data().duplicate().get(each);
        float[] kept = new float[each.length];
        for (int p = 0; p < rows; p++) {
            for (int i = 0; i < layers; i++) {
                int from = (p * layers + i) * pair;
                int to = (p * layers + 2 * i % layers) * pair;
                boolean taken = layers % 2 == 0 && i >= layers / 2;
                if (taken && !Arrays.equals(each, from, from + pair, kept, to, to + pair)) {
                    throw new ClozeException(
                            Problem.ADAPTER_UNSUPPORTED,
                            "This pipeline can't be written as an adapter of PEFT.\n  Layers " + (i - layers / 2)
                                    + " and " + i
                                    + " of the decoder have prefixes of their own, and PEFT gives both the same."
                                    + "\n  Tune virtual tokens instead, with @PromptTuning.");
                }
                System.arraycopy(each, from, kept, to, pair);
            }
        }
        return Tensor.of(kept, rows, (long) layers * pair);
    }
}
