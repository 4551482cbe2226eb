package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelAnswer;
import java.util.List;

/** What is to be said at the mask of each of some examples. */
public interface MaskTargets {

    /**
     * The mean loss of these examples times the factor: 0-d in that scope.
     *
     * @param kernel with the operations of {@code tuning}
     * @param scores of the labels, (B, C)
     * @param members the examples, B of them
     */
    NDArray loss(NDManager scope, Kernel kernel, NDArray scores, int[] members, double factor);

    /** By which of the losses of labels words of several tokens are scored in training. */
    default LabelLoss loss() {
        return LabelLoss.CROSS_ENTROPY;
    }

    /** How good answers to these examples are, of which there is one at least: the more the better. */
    double score(List<LabelAnswer> answers);

    /** What the score on the development set is called. */
    String metric();

    /**
     * The hash of the examples.
     *
     * @param texts the examples as the model reads them
     */
    String hash(List<EncodedText> texts);
}
