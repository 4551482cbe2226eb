package dev.cloze.runtime.tuning.setfit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.runtime.tuning.head.HeadStates;
import dev.cloze.runtime.tuning.loop.Objective;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The mean over pairs of (cos(u, v) - t)&sup2;, where u and v are the texts' vectors and t is 1 for pairs
 * that are alike and 0 for others (sentence-transformers' CosineSimilarityLoss).
 */
final class CosineObjective implements Objective {

    /** Those of one pass through the layers, each of which takes a few. */
    private static final int SEEDS = 1 << 10;

    private final Backbone backbone;
    private final HeadStates states;
    private final Kernel kernel;
    private final List<TokenRow> rows;
    private final Pairs pairs;

    private CosineObjective(Backbone backbone, StatePooling pooling, Kernel kernel, List<TokenRow> rows, Pairs pairs) {
        this.backbone = backbone;
        this.states = new HeadStates(backbone, pooling);
        this.kernel = kernel;
        this.rows = rows;
        this.pairs = pairs;
    }

    /**
     * Over these pairs of these rows.
     *
     * @param pooling which states stand for a text
     */
    static Plan of(StatePooling pooling, List<TokenRow> rows, Pairs pairs) {
        return (backbone, kernel) -> new CosineObjective(backbone, pooling, kernel, rows, pairs);
    }

    /** As few as memory allows: texts are cut by length for themselves, as a short one is often paired with a long one. */
    @Override
    public List<int[]> buckets(int[] batch) {
        List<int[]> buckets = new ArrayList<>();
        int from = 0;
        long tokens = 0;
        for (int i = 0; i < batch.length; i++) {
            int length = first(batch[i]).length() + second(batch[i]).length();
            if (tokens + length > LengthBuckets.MOST_TOKENS && i > from) {
                buckets.add(IntStream.range(from, i).toArray());
                from = i;
                tokens = 0;
            }
            tokens += length;
        }
        buckets.add(IntStream.range(from, batch.length).toArray());
        return buckets;
    }

    @Override
    public NDArray loss(NDManager scope, int[] members, double share, double factor, Dropout dropout) {
        List<TokenRow> both = Stream.concat(
                        Arrays.stream(members).mapToObj(this::first),
                        Arrays.stream(members).mapToObj(this::second))
                .toList();
        long[] places = new long[both.size()];
        List<NDArray> vectors = new ArrayList<>();
        int place = 0;
        for (int[] group : backbone.buckets(both)) {
            List<TokenRow> rows = Arrays.stream(group).mapToObj(both::get).toList();
            Dropout own =
                    new Dropout(dropout.hidden(), dropout.attention(), dropout.seed() + (long) SEEDS * vectors.size());
            vectors.add(states.of(scope, rows, own)); // (rows, E)
            for (int row : group) {
                places[row] = place++;
            }
        }
        float[] targets = new float[members.length];
        IntStream.range(0, targets.length).forEach(i -> targets[i] = pairs.alike()[members[i]] ? 1 : 0);
        try (TensorList parts = TensorList.named("vectors", vectors)) {
            return kernel.train(
                    scope,
                    "similarity",
                    parts,
                    scope.create(places),
                    scope.create(targets),
                    Control.of(scope, share * factor));
        }
    }

    private TokenRow first(int pair) {
        return rows.get(pairs.first()[pair]);
    }

    private TokenRow second(int pair) {
        return rows.get(pairs.second()[pair]);
    }
}
