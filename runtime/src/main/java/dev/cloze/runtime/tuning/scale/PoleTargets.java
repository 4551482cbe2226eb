package dev.cloze.runtime.tuning.scale;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.spi.DeclaredScale;
import dev.cloze.runtime.template.EncodedText;
import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.RatedValues;
import dev.cloze.runtime.tuning.loop.ExampleHash;
import dev.cloze.runtime.tuning.mask.MaskExamples;
import dev.cloze.runtime.tuning.mask.MaskTargets;
import java.util.List;

/**
 * A share t of the upper pole for each example: the loss is the divergence KL((1 - t, t) || p) of what the model says, p, the
 * softmax over both poles (Gao et al. 2021, LM-BFF, arXiv 2012.15723, on regression); the score is Pearson's correlation.
 *
 * <p>Their code takes the shares for logarithms of them, {@code KLDivLoss(log_target=True)}, which {@link Compat#REFERENCE} does
 * too: the mean over both poles of exp(t) (t - log p). That is least where p is as exp(t), so that predictions shrink to the
 * middle 46% of the scale; their order is the same.
 *
 * @param shares of the upper pole, 0 to 1
 * @param compat whose loss
 */
public record PoleTargets(RatedValues shares, Compat compat) implements MaskTargets {

    /** Examples that are asked for their share of the scale. */
    public static MaskExamples of(RatedValues examples, DeclaredScale scale, Compat compat) {
        return new MaskExamples(examples.inputs(), new PoleTargets(examples.with(scale::share), compat));
    }

    @Override
    public NDArray loss(NDManager scope, Kernel kernel, NDArray scores, int[] members, double factor) {
        float[] flat = new float[2 * members.length];
        for (int r = 0; r < members.length; r++) {
            double share = shares.values()[members[r]];
            flat[2 * r] = (float) (1 - share);
            flat[2 * r + 1] = (float) share;
        }
        NDArray targets = scope.create(flat, new Shape(members.length, 2)); // (B, 2)
        String loss = compat == Compat.REFERENCE ? "exponentialDivergence" : "divergence";
        return kernel.train(scope, loss, scores, targets, Control.of(scope, factor));
    }

    @Override
    public double score(List<LabelAnswer> answers) {
        return shares.pearson(answers.stream().mapToDouble(ScaleProduct::share).toArray());
    }

    @Override
    public String metric() {
        return "dev Pearson";
    }

    @Override
    public String hash(List<EncodedText> texts) {
        return ExampleHash.of(texts, shares.values());
    }
}
