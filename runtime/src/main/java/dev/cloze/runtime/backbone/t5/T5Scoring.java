package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.InjectionRows;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.t5.T5Network.Mode;
import java.util.Arrays;
import java.util.List;

/** What a T5 says of rows of any number, in batches of like length, without a graph. */
final class T5Scoring {

    private final T5Network network;
    private final T5Config config;
    private final Injection injection;

    /** @param injection what a soft method adds to the rows */
    T5Scoring(T5Network network, Injection injection) {
        this.network = network;
        this.injection = injection;
        this.config = network.config();
    }

    /** See {@link T5#scores}. */
    float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise) {
        float[][][] scores = new float[rows.size()][][];
        int width = words.length == 0 ? config.vocabularySize() : words.length;
        float[] unknown = new float[width];
        Arrays.fill(unknown, Float.NEGATIVE_INFINITY);
        for (int[] bucket : LengthBuckets.of(rows, network.device(), config.hiddenSize())) {
            int asks = rows.get(bucket[0]).asked().length;
            float[] flat = asks == 0 ? new float[0] : score(rows, bucket, words, normalise);
            for (int r = 0; r < bucket.length; r++) {
                float[][] row = new float[asks][];
                for (int m = 0; m < asks; m++) {
                    row[m] = m == 0 ? Arrays.copyOfRange(flat, r * width, (r + 1) * width) : unknown.clone();
                }
                scores[bucket[r]] = row;
            }
        }
        return scores;
    }

    private float[] score(List<TokenRow> rows, int[] bucket, int[] words, boolean normalise) {
        List<TokenRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
        try (NDManager scope = network.memory().newSubManager()) {
            Injection part = InjectionRows.of(scope, injection, bucket);
            T5Question question = T5Question.ofMasks(network, scope, members, words, network.control(normalise), part);
            return network.run(Mode.INFER, scope, "logits", question, part).toFloatArray();
        }
    }

    /** See {@link T5#targetLosses}. */
    double[] targetLosses(List<TextRow> rows) {
        int[] lengths = rows.stream().mapToInt(TextRow::length).toArray();
        double[] losses = new double[rows.size()];
        for (int[] bucket : LengthBuckets.ofLengths(lengths, network.device(), config.hiddenSize())) {
            float[] found = losses(rows, bucket);
            for (int r = 0; r < bucket.length; r++) {
                losses[bucket[r]] = found[r];
            }
        }
        return losses;
    }

    private float[] losses(List<TextRow> rows, int[] bucket) {
        List<TextRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
        try (NDManager scope = network.memory().newSubManager()) {
            Injection part = InjectionRows.of(scope, injection, bucket);
            T5Question question = T5Question.ofTargets(network, scope, members, network.control(false), part);
            return network.run(Mode.INFER, scope, "loss", question, part).toFloatArray();
        }
    }
}
