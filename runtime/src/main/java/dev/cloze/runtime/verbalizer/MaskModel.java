package dev.cloze.runtime.verbalizer;

import dev.cloze.runtime.template.EncodedText;
import java.util.List;

/** A language model, seen from its masks. */
@FunctionalInterface
public interface MaskModel {

    /**
     * Scores tokens at every mask of every text; it makes its own batches.
     *
     * @param texts texts with at least one mask each; how many may differ
     * @param tokenIds the tokens to score
     * @param normalised whether log-probabilities over the whole vocabulary are wanted rather than raw logits
     */
    MaskScores score(List<EncodedText> texts, int[] tokenIds, boolean normalised);
}
