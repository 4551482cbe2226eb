package dev.cloze.runtime.tuning.demonstration;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which examples of a pool are like a text: by the cosine of their vectors (Gao et al. 2021, LM-BFF, arXiv 2012.15723, section
 * 6.2).
 */
public final class Similarity {

    /** The share of each label's examples that is like enough. */
    private static final double SHARE = 0.5;

    private final DemonstrationPool pool;
    private final float[][] vectors;

    /**
     * The likeness of a pool's examples.
     *
     * @param vectors of the examples, each of length 1
     */
    public Similarity(DemonstrationPool pool, float[][] vectors) {
        this.pool = pool;
        this.vectors = vectors.clone();
    }

    /** The cosine of an example's vector and this one, of length 1. */
    double with(int example, float[] vector) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += (double) vectors[example][i] * vector[i];
        }
        return sum;
    }

    /**
     * A label's examples, the likest first; of equals the one that stands first.
     *
     * @param but an example that is left out, or -1
     */
    int[] likest(float[] vector, int label, int but) {
        return IntStream.of(pool.ofLabel(label))
                .filter(example -> example != but)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer example) -> -with(example, vector)))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /**
     * The examples of a label that are like enough, the likest first: as many of each label as half of its share of all
     * candidates, {@code int(candidates // labels * 0.5)} in their code, and at least one.
     *
     * @param but an example that is no candidate, or -1
     */
    int[] likeEnough(float[] vector, int label, int but) {
        int candidates = pool.examples().size() - (but < 0 ? 0 : 1);
        int most = Math.max(1, (int) (candidates / pool.labels() * SHARE));
        return IntStream.of(likest(vector, label, but)).limit(most).toArray();
    }

    /** Candidates for training examples, which are no candidates of their own. */
    public DrawnDemonstrations.Candidates candidates() {
        int[][][] all = IntStream.range(0, pool.examples().size())
                .mapToObj(example -> IntStream.range(0, pool.labels())
                        .mapToObj(label -> likeEnough(vectors[example], label, example))
                        .toArray(int[][]::new))
                .toArray(int[][][]::new);
        return (example, label) -> all[example][label];
    }

    /**
     * One example of every label for an input, in the order of the labels, among those that are like enough: each set has the
     * next one in an order by the seed.
     *
     * @param vector of the input
     * @return [set][label]
     */
    public int[][] oneOfEach(float[] vector, int sets, long seed) {
        int[][] drawn = new int[sets][pool.labels()];
        for (int label = 0; label < pool.labels(); label++) {
            int[] order = ShuffledSets.order(likeEnough(vector, label, -1), seed, label);
            for (int set = 0; set < sets; set++) {
                drawn[set][label] = ShuffledSets.inTurn(order, set, label);
            }
        }
        return drawn;
    }
}
