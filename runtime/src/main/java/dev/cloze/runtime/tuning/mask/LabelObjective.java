package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.Arrays;
import java.util.List;

/** Cross-entropy or the hinge loss over the labels, by the scores of their words at the mask. */
public final class LabelObjective implements Objective {

    private final LabelScores scores;
    private final Kernel kernel;
    private final int[] labels;
    private final LabelLoss loss;

    private LabelObjective(LabelScores scores, Kernel kernel, int[] labels, LabelLoss loss) {
        this.scores = scores;
        this.kernel = kernel;
        this.labels = labels.clone();
        this.loss = loss;
    }

    /** Cross-entropy by what is said at the masks. */
    public static Plan atMasks(List<LabelProjection> projections, TrainingExamples examples) {
        return atMasks(projections, examples, LabelLoss.CROSS_ENTROPY);
    }

    /** By what is said at the masks. */
    public static Plan atMasks(List<LabelProjection> projections, TrainingExamples examples, LabelLoss loss) {
        return atMasks(projections, ExampleRows.fixed(examples.rows()), examples.labels(), loss);
    }

    /**
     * By what is said at the masks of texts.
     *
     * @param labels the index of each example's label
     */
    public static Plan atMasks(List<LabelProjection> projections, ExampleTexts texts, int[] labels, LabelLoss loss) {
        return atMasks(
                projections,
                ExampleRows.of(
                        texts,
                        (projection, text) -> ModelTemplate.row(
                                text.apply(projections.get(projection).masks()))),
                labels,
                loss);
    }

    private static Plan atMasks(
            List<LabelProjection> projections, ExampleRows<TokenRow> rows, int[] labels, LabelLoss loss) {
        return (backbone, kernel) ->
                new LabelObjective(new ProjectedScores(backbone, kernel, projections, rows), kernel, labels, loss);
    }

    /**
     * By words that are written at the mask, for those of several tokens; the backbone has to be a {@link TextBackbone}.
     *
     * @param labels the index of each example's label
     */
    public static Plan byWriting(WrittenWords words, ExampleTexts texts, int[] labels, LabelLoss loss) {
        return (backbone, kernel) -> new LabelObjective(
                new WrittenScores((TextBackbone) backbone, kernel, words, texts), kernel, labels, loss);
    }

    @Override
    public Objective drawn(int[] batch, long seed) {
        return new LabelObjective(scores.drawn(batch, seed), kernel, labels, loss);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        return scores.buckets(batch);
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        NDArray said = scores.of(scope, members, dropout);
        NDArray right =
                scope.create(Arrays.stream(members).mapToLong(i -> labels[i]).toArray());
        String name = loss == LabelLoss.HINGE ? "hinge" : "loss";
        return kernel.train(scope, name, said, right, Control.of(scope, share * factor));
    }
}
