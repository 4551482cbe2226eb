package dev.cloze.runtime.tuning.patterns;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.List;

/**
 * Two losses at once, L = (1 - a) L_CE + a L_MLM: of labelled examples at the mask, and of tokens that are to be guessed in
 * unlabelled texts (Schick and Schütze 2021, arXiv 2001.07676, equation 2; their code's {@code alpha} is 1 - a).
 */
final class AuxiliaryObjective implements Objective {

    /** Between the seeds of the labelled examples' dropout and that of these texts. */
    private static final long SEED = 1L << 14;

    private final Objective labels;
    private final Backbone backbone;
    private final Kernel kernel;
    private final MaskedTexts texts;
    private final double share;

    private long microBatch;
    private boolean due = true;

    private AuxiliaryObjective(Objective labels, Backbone backbone, Kernel kernel, MaskedTexts texts, double share) {
        this.labels = labels;
        this.backbone = backbone;
        this.kernel = kernel;
        this.texts = texts;
        this.share = share;
    }

    /** @param share a, above 0 and below 1 */
    static Plan of(Plan labels, MaskedTexts texts, double share) {
        return (backbone, kernel) ->
                new AuxiliaryObjective(labels.of(backbone, kernel), backbone, kernel, texts, share);
    }

    @Override
    public double weight(int[] examples) {
        return labels.weight(examples);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        return labels.buckets(batch);
    }

    @Override
    public void begin(long number) {
        labels.begin(number);
        microBatch = number;
        due = true;
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double ofBucket, double factor, Dropout dropout) {
        NDArray loss = labels.loss(scope, members, ofBucket, (1 - share) * factor, dropout);
        if (!due) {
            return loss; // another bucket of the micro-batch has had the texts
        }
        due = false;
        MaskedTexts.Batch batch = texts.batch(microBatch);
        return batch.isEmpty() ? loss : loss.add(guessing(scope, batch, share * factor, dropout));
    }

    /** The mean cross-entropy over the tokens to be guessed, times the factor. */
    private NDArray guessing(NDManager scope, MaskedTexts.Batch batch, double factor, Dropout dropout) {
        Dropout own = new Dropout(dropout.hidden(), dropout.attention(), dropout.seed() + SEED);
        NDArray said = backbone.logits(scope, batch.rows(), new int[0], false, own, Injection.NONE);
        NDArray flat =
                said.reshape(new Shape(batch.labels().length, said.getShape().get(2)));
        return kernel.train(scope, "loss", flat, scope.create(batch.labels()), Control.of(scope, factor));
    }
}
