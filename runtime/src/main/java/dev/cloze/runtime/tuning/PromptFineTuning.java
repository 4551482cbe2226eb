package dev.cloze.runtime.tuning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.TrainingOptions;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.engine.Control;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Prompt-based fine-tuning: all weights of the language model are tuned, with cross-entropy over the label words at the
 * mask (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section 3).
 *
 * <p>It keeps what pretraining taught the language model's head, where classic fine-tuning starts a new head from
 * nothing; so prefer it when labelled examples are few.
 */
public final class PromptFineTuning extends FullTuning<Backbone> {

    private final LabelScores scores;
    private final int[] labels;

    /**
     * Tuning by what is said at the masks.
     *
     * @param source the pretrained weights, which stay as they are
     * @param devScore how good a backbone is on the development set
     */
    public PromptFineTuning(
            Backbone source,
            List<LabelProjection> projections,
            TrainingExamples examples,
            TrainingOptions options,
            ToDoubleFunction<Backbone> devScore) {
        super(source.trainableCopy(), options, devScore);
        this.scores = new ProjectedScores(backbone, kernel, projections, examples.rows());
        this.labels = examples.labels();
    }

    /**
     * Tuning by words that are written at the mask, for those of several tokens.
     *
     * @param labels the index of each example's label
     */
    public PromptFineTuning(
            TextBackbone source,
            WordTargets targets,
            int[] labels,
            TrainingOptions options,
            ToDoubleFunction<Backbone> devScore) {
        super(source.trainableCopy(), options, devScore);
        this.scores = new WrittenScores((TextBackbone) backbone, kernel, targets);
        this.labels = labels.clone();
    }

    /** The peak learning rate where nobody sets one: LM-BFF's for large models, higher for smaller ones, which need it. */
    public static double learningRate(int hiddenSize) {
        if (hiddenSize >= 1024) {
            return 1e-5;
        }
        return hiddenSize >= 512 ? 2e-5 : hiddenSize >= 256 ? 1e-4 : 3e-4;
    }

    @Override
    List<int[]> buckets(int[] batch) {
        return scores.buckets(batch);
    }

    @Override
    NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        NDArray said = scores.of(scope, members, dropout);
        NDArray right =
                scope.create(Arrays.stream(members).mapToLong(i -> labels[i]).toArray());
        return kernel.train(scope, "loss", said, right, Control.of(scope, share * factor));
    }

    /** The present weights, without gradients, in memory of their own; the caller closes it. */
    public Backbone tuned() {
        return weights.frozen(backbone::withWeights);
    }
}
