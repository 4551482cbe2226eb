package dev.cloze.runtime.tuning.mask;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.model.ModelTemplate;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.Arrays;
import java.util.List;

/**
 * A loss over label scores, and how far both the scores and the last hidden states are from those of a teacher that reads the same
 * texts: {@code L + weight (KL(teacher || student) + mean squared difference of states)} (Wang et al. 2023, arXiv 2303.02861,
 * equations 2 to 4).
 *
 * <p>The states are those of all tokens of a text, the mean over which counts once for each text; of an encoder-decoder those of its
 * decoder where the answer is read. What the model says is compared over the labels.
 */
public final class TaughtObjective implements Objective {

    private final Backbone backbone;
    private final Backbone teacher;
    private final LabelScores said;
    private final LabelScores taught;
    private final ExampleTexts texts;
    private final MaskTargets targets;
    private final double weight;
    private final Kernel kernel;

    private TaughtObjective(
            Backbone backbone,
            Backbone teacher,
            LabelScores said,
            LabelScores taught,
            ExampleTexts texts,
            MaskTargets targets,
            double weight,
            Kernel kernel) {
        this.backbone = backbone;
        this.teacher = teacher;
        this.said = said;
        this.taught = taught;
        this.texts = texts;
        this.targets = targets;
        this.weight = weight;
        this.kernel = kernel;
    }

    /**
     * By a teacher, which stays the caller's and has to be open as long as the training is.
     *
     * @param texts that stay as they are
     * @param weight of what the teacher says
     */
    static Plan by(Backbone teacher, LabelScores.Plan scores, ExampleTexts texts, MaskTargets targets, double weight) {
        return (backbone, kernel) -> new TaughtObjective(
                backbone,
                teacher,
                scores.of(backbone, kernel),
                scores.of(teacher, kernel),
                texts,
                targets,
                weight,
                kernel);
    }

    /** The same of what is said at the masks of texts. */
    public static Plan atMasks(
            Backbone teacher,
            List<LabelProjection> projections,
            ExampleTexts texts,
            MaskTargets targets,
            double weight) {
        return by(teacher, LabelScores.atMasks(projections, texts), texts, targets, weight);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        return said.buckets(batch);
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        double part = share * factor;
        NDArray scores = said.of(scope, members, dropout);
        NDArray own = targets.loss(scope, kernel, scores, members, part);
        NDArray scoresOfTeacher = taught.of(scope, members, Dropout.NONE);
        NDArray toScores =
                kernel.train(scope, "distillation", scores, scoresOfTeacher, Control.of(scope, weight * part, 1));
        return own.add(toScores).add(toStates(scope, members, weight * part, dropout));
    }

    private NDArray toStates(NDManager scope, int[] members, double factor, Dropout dropout) {
        boolean everywhere = backbone.kind() != BackboneKind.ENCODER_DECODER;
        StatePooling pooling = everywhere ? StatePooling.PLACES : StatePooling.MASKS;
        List<TokenRow> rows = Arrays.stream(members)
                .mapToObj(example -> ModelTemplate.row(texts.of(example, 1)))
                .map(row -> everywhere ? whole(row) : row)
                .toList();
        NDArray states = backbone.states(scope, rows, pooling, dropout, Injection.NONE);
        // Not the pass without a graph, whose tensors no later one can take into its own.
        NDArray right = teacher.states(scope, rows, pooling, Dropout.NONE, Injection.NONE);
        if (everywhere) {
            NDArray shares = shares(scope, rows, (int) states.getShape().get(1));
            states = states.mul(shares);
            right = right.mul(shares);
        }
        return kernel.train(scope, "squares", states, right, Control.of(scope, factor));
    }

    /** A text at all its places; what stands behind a decoder's mask, and the mask, are never read. */
    private TokenRow whole(TokenRow row) {
        int read = backbone.kind() == BackboneKind.DECODER ? row.asked()[0] : row.length();
        return new TokenRow(Arrays.copyOf(row.ids(), read), Arrays.copyOf(row.segments(), read), new int[0]);
    }

    /** (B, T, 1): what each place is multiplied by so that the mean over all is that over texts of the means over their tokens. */
    private static NDArray shares(NDManager scope, List<TokenRow> rows, int places) {
        float[] shares = new float[rows.size() * places];
        for (int r = 0; r < rows.size(); r++) {
            int length = rows.get(r).length();
            Arrays.fill(shares, r * places, r * places + length, (float) Math.sqrt(places / (double) length));
        }
        return scope.create(shares, new Shape(rows.size(), places, 1));
    }
}
