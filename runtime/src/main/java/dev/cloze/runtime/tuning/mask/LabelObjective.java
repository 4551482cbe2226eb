package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.LabelLoss;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.List;
import java.util.function.BiFunction;

/** A loss over the scores of labels by their words at the mask, such as the cross-entropy or the hinge loss. */
public final class LabelObjective implements Objective {

    private final LabelScores scores;
    private final Kernel kernel;
    private final MaskTargets targets;

    private LabelObjective(LabelScores scores, Kernel kernel, MaskTargets targets) {
        this.scores = scores;
        this.kernel = kernel;
        this.targets = targets;
    }

    /** Cross-entropy by what is said at the masks. */
    public static Plan atMasks(List<LabelProjection> projections, TrainingExamples examples) {
        return atMasks(projections, examples, LabelLoss.CROSS_ENTROPY);
    }

    /** By what is said at the masks. */
    public static Plan atMasks(List<LabelProjection> projections, TrainingExamples examples, LabelLoss loss) {
        return atMasks(projections, ExampleRows.fixed(examples.rows()), new LabelTargets(examples.labels(), loss));
    }

    private static Plan atMasks(List<LabelProjection> projections, ExampleRows<TokenRow> rows, MaskTargets targets) {
        return (backbone, kernel) ->
                new LabelObjective(new ProjectedScores(backbone, kernel, projections, rows), kernel, targets);
    }

    /** By scores that are computed so of the backbone that is trained. */
    static Plan by(BiFunction<Backbone, Kernel, LabelScores> scores, MaskTargets targets) {
        return (backbone, kernel) -> new LabelObjective(scores.apply(backbone, kernel), kernel, targets);
    }

    @Override
    public Objective drawn(int[] batch, long seed) {
        return new LabelObjective(scores.drawn(batch, seed), kernel, targets);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        return scores.buckets(batch);
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        NDArray said = scores.of(scope, members, dropout);
        return targets.loss(scope, kernel, said, members, share * factor);
    }
}
