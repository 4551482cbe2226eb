package dev.cloze.runtime.tuning.demonstration;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Sets of demonstrations that are like the input. */
public final class SimilarSets {

    private SimilarSets() {}

    /** One of each label among those that are like enough, see {@link Similarity#oneOfEach}. */
    public static DemonstrationSets oneOfEach(SentenceVectors vectors, Similarity similarity, int sets, long seed) {
        return inputs -> Arrays.stream(vectors.of(inputs))
                .map(vector -> similarity.oneOfEach(vector, sets, seed))
                .toList();
    }

    /**
     * The likest of each label, as many as have room, the likest last (Liu et al. 2022, arXiv 2101.06804, section 3, where
     * labels don't take turns); a second set has the next likest.
     *
     * @param ofEach how many of a label at most
     * @param room tokens they may have together
     */
    public static DemonstrationSets likest(
            SentenceVectors vectors, DemonstrationPool pool, Similarity similarity, int sets, int ofEach, int room) {
        return inputs -> Arrays.stream(vectors.of(inputs))
                .map(vector -> likest(vector, pool, similarity, sets, ofEach, room))
                .toList();
    }

    /** For an input of this vector: [set][place]. */
    static int[][] likest(
            float[] vector, DemonstrationPool pool, Similarity similarity, int sets, int ofEach, int room) {
        int[][] orders = IntStream.range(0, pool.labels())
                .mapToObj(label -> similarity.likest(vector, label, -1))
                .toArray(int[][]::new);
        return Arrays.stream(ShuffledSets.chosen(pool, orders, sets, ofEach, room))
                .map(set -> IntStream.of(set)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer example) -> similarity.with(example, vector)))
                        .mapToInt(Integer::intValue)
                        .toArray())
                .toArray(int[][]::new);
    }
}
