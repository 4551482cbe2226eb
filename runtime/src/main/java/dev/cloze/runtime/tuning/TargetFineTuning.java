package dev.cloze.runtime.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.engine.Control;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Fine-tuning on texts to be written: all weights are tuned, with cross-entropy over the tokens of the targets; the
 * sources are read, not learnt.
 *
 * <p>The loss of a batch is the mean over its targets' tokens, as in transformers. With {@link Compat#REFERENCE} it is
 * the sum over each target, and the mean of those over the batch (Li and Liang 2021, prefix tuning, arXiv 2101.00190,
 * equation 2, and its code): long targets then count for more.
 */
public final class TargetFineTuning extends FullTuning<TextBackbone> {

    private final List<TextRow> rows;
    private final boolean byTokens;

    /**
     * @param source the pretrained weights, which stay as they are
     * @param devScore how good a backbone is on the development set
     */
    public TargetFineTuning(
            TextBackbone source, List<TextRow> rows, TrainingOptions options, ToDoubleFunction<TextBackbone> devScore) {
        super(source.trainableCopy(), options, devScore);
        this.rows = List.copyOf(rows);
        this.byTokens = options.compat() == Compat.PAPER;
    }

    /** The peak learning rate where nobody sets one: 5e-5 as usual for GPT-2 and T5, higher for small models. */
    public static double learningRate(int hiddenSize) {
        if (hiddenSize >= 512) {
            return 5e-5;
        }
        return hiddenSize >= 256 ? 3e-4 : 1e-3;
    }

    @Override
    public double weight(int[] examples) {
        return byTokens
                ? Arrays.stream(examples)
                        .mapToLong(i -> rows.get(i).target().length)
                        .sum()
                : examples.length;
    }

    @Override
    List<int[]> buckets(int[] batch) {
        int[] lengths = Arrays.stream(batch).map(i -> rows.get(i).length()).toArray();
        return LengthBuckets.ofLengths(lengths, backbone.shape().hiddenSize());
    }

    @Override
    NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        List<TextRow> batch = Arrays.stream(members).mapToObj(rows::get).toList();
        NDArray losses = backbone.targetLoss(scope, batch, dropout, Injection.NONE);
        return kernel.train(scope, "total", losses, Control.of(scope, share * factor / weight(members)));
    }

    /** The present weights, without gradients, in memory of their own; the caller closes it. */
    public TextBackbone tuned() {
        return weights.frozen(backbone::withWeights);
    }
}
