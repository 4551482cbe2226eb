package dev.cloze.runtime.adapter;

import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.WordEmbeddings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/** Which words of a model's vocabulary lie nearest to a virtual token, by the cosine of their embeddings. */
public final class NearestWords {

    private static final int CHUNK = 2048;

    /** A token, and the cosine, from -1 to 1. */
    public record Near(int id, double cosine) {}

    private static final Comparator<Near> FARTHEST_FIRST =
            Comparator.comparingDouble(Near::cosine).thenComparing(Near::id, Comparator.reverseOrder());

    private NearestWords() {}

    /**
     * For each vector the nearest tokens, the nearest first; of equally near ones those of lower ids.
     *
     * @param vectors (P, e) in row-major order
     * @param vocabulary how many tokens there are to choose from
     * @param count of tokens for each
     */
    public static List<List<Near>> of(Backbone backbone, float[] vectors, int vocabulary, int count) {
        int size = backbone.shape().embeddingSize();
        List<PriorityQueue<Near>> nearest = new ArrayList<>();
        for (int p = 0; p < vectors.length / size; p++) {
            nearest.add(new PriorityQueue<>(FARTHEST_FIRST));
        }
        for (int first = 0; first < vocabulary; first += CHUNK) {
            int[] ids =
                    IntStream.range(first, Math.min(vocabulary, first + CHUNK)).toArray();
            float[] words = WordEmbeddings.of(backbone, ids);
            for (int i = 0; i < ids.length; i++) {
                for (int p = 0; p < nearest.size(); p++) {
                    offer(nearest.get(p), new Near(ids[i], cosine(vectors, p * size, words, i * size, size)), count);
                }
            }
        }
        return nearest.stream()
                .map(each -> each.stream().sorted(FARTHEST_FIRST.reversed()).toList())
                .toList();
    }

    private static void offer(PriorityQueue<Near> kept, Near one, int count) {
        kept.add(one);
        if (kept.size() > count) {
            kept.remove();
        }
    }

    /** Of two stretches of numbers; 0 where one has no length. */
    public static double cosine(float[] one, int oneAt, float[] other, int otherAt, int size) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < size; i++) {
            product += (double) one[oneAt + i] * other[otherAt + i];
            first += (double) one[oneAt + i] * one[oneAt + i];
            second += (double) other[otherAt + i] * other[otherAt + i];
        }
        return first == 0 || second == 0 ? 0 : product / Math.sqrt(first * second);
    }
}
