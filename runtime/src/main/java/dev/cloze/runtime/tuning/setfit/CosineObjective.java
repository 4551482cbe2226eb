package dev.cloze.runtime.tuning.setfit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The mean over pairs of (cos(u, v) - t)&sup2;, where u and v are the means of the texts' last hidden states and t is 1 for pairs
 * that are alike and 0 for others (sentence-transformers' CosineSimilarityLoss).
 */
final class CosineObjective implements Objective {

    private final Backbone backbone;
    private final Kernel kernel;
    private final List<TokenRow> rows;
    private final Pairs pairs;

    private CosineObjective(Backbone backbone, Kernel kernel, List<TokenRow> rows, Pairs pairs) {
        this.backbone = backbone;
        this.kernel = kernel;
        this.rows = rows;
        this.pairs = pairs;
    }

    /** Over these pairs of these rows. */
    static Plan of(List<TokenRow> rows, Pairs pairs) {
        return (backbone, kernel) -> new CosineObjective(backbone, kernel, rows, pairs);
    }

    @Override
    public List<int[]> buckets(int[] batch) {
        int[] lengths = Arrays.stream(batch)
                .map(i -> Math.max(
                        rows.get(pairs.first()[i]).length(),
                        rows.get(pairs.second()[i]).length()))
                .toArray();
        return LengthBuckets.ofLengths(lengths, backbone.shape().hiddenSize());
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        List<TokenRow> both = Stream.of(pairs.first(), pairs.second())
                .flatMap(side -> Arrays.stream(members).mapToObj(i -> rows.get(side[i])))
                .toList();
        NDArray vectors = backbone.states(scope, both, StatePooling.MEAN, dropout, Injection.NONE); // (2B, E)
        float[] targets = new float[members.length];
        IntStream.range(0, targets.length).forEach(i -> targets[i] = pairs.alike()[members[i]] ? 1 : 0);
        return kernel.train(scope, "similarity", vectors, scope.create(targets), Control.of(scope, share * factor));
    }
}
