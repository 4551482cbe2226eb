package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.util.List;
import java.util.Map;

/** A backbone that writes text: a decoder, or an encoder with a decoder. */
public interface TextBackbone extends Backbone {

    @Override
    TextBackbone trainableCopy();

    @Override
    TextBackbone trainableBody();

    @Override
    TextBackbone withWeights(Map<WeightSlot, NDArray> source);

    @Override
    TextBackbone withWeights(Checkpoint checkpoint, String name);

    /** Tokens that end a text, as config.json lists them; empty where it lists none. */
    int[] endTokens();

    /**
     * The tokens that stand before the first one written, as rules on repetition count them: the prompt, or what the decoder
     * of an encoder-decoder starts with.
     */
    default int[] before(int[] prompt) {
        return prompt;
    }

    /** How many tokens can be written after so many that are read, virtual ones included; below 1 where there is no room. */
    default int room(int read) {
        return shape().maxLength() - read;
    }

    /**
     * The negative log-probability of each target given its source, summed over the target's tokens, as one batch with
     * the graph behind it: (B,) in that scope. The vocabulary is projected onto at the targets' tokens only.
     */
    NDArray targetLoss(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection);

    /** What it says where each token of the targets is to be written, as one batch with the graph behind it, in that scope. */
    TargetAnswers targetAnswers(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection);

    /** The negative log-probability of targets for rows of any number, in batches of like length, without a graph. */
    double[] targetLosses(List<TextRow> rows, Injection injection);

    /** The same of the model as it is. */
    default double[] targetLosses(List<TextRow> rows) {
        return targetLosses(rows, Injection.NONE);
    }

    /**
     * Reads prompts and stands ready to write after them; a beginning that all prompts share is computed once.
     *
     * @param prompts with at least one token each (an encoder-decoder's inputs)
     * @param most how many tokens will be written after each at most, at least 1
     * @param injection what a soft method adds, its embeddings laid out for these prompts
     * @throws dev.cloze.problem.ClozeException INPUT_TOO_LONG where a prompt and these tokens exceed the positions
     */
    Decoding read(List<int[]> prompts, int most, Injection injection);
}
