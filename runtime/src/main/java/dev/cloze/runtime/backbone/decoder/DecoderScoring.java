package dev.cloze.runtime.backbone.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.InjectionRows;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenIds;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.decoder.DecoderBatch.Text;
import java.util.Arrays;
import java.util.List;

/** What a decoder says of rows of any number, in batches of like length, without a graph. */
final class DecoderScoring {

    /** Numbers of the vocabulary's logits that are computed at a time: 64 MB. */
    private static final int LOGITS = 1 << 24;

    private final DecoderConfig config;
    private final DecoderKernels kernels;
    private final Injection injection;

    /** @param injection what a soft method adds to the rows */
    DecoderScoring(DecoderConfig config, DecoderKernels kernels, Injection injection) {
        this.config = config;
        this.kernels = kernels;
        this.injection = injection;
    }

    /** See {@link Decoder#scores}. */
    float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise) {
        List<Text> texts = rows.stream().map(DecoderBatch::beforeMasks).toList();
        float[][][] scores = new float[rows.size()][][];
        for (int[] bucket : buckets(texts.stream().map(Text::ids).toList())) {
            float[] flat = score(texts, bucket, words, normalise);
            int width = flat.length / bucket.length;
            for (int r = 0; r < bucket.length; r++) {
                float[][] row = new float[rows.get(bucket[r]).asked().length][width];
                row[0] = Arrays.copyOfRange(flat, r * width, (r + 1) * width);
                for (int j = 1; j < row.length; j++) {
                    Arrays.fill(row[j], Float.NEGATIVE_INFINITY);
                }
                scores[bucket[r]] = row;
            }
        }
        return scores;
    }

    private float[] score(List<Text> texts, int[] bucket, int[] words, boolean normalise) {
        try (NDManager scope = kernels.memory().newSubManager()) {
            Injection part = InjectionRows.of(scope, injection, bucket);
            DecoderBatch batch = DecoderBatch.of(
                    scope, Arrays.stream(bucket).mapToObj(texts::get).toList());
            NDArray wordIds = TokenIds.of(scope, words);
            NDArray control = kernels.control(scope, Dropout.NONE, part, normalise ? 1 : 0);
            return kernels.infer(scope, "forward", part, batch.ids(), batch.asked(), wordIds, control)
                    .toFloatArray();
        }
    }

    /** See {@link Decoder#targetLosses}. */
    double[] targetLosses(List<TextRow> rows) {
        double[] losses = new double[rows.size()];
        for (int[] bucket : buckets(rows.stream().map(DecoderBatch::joined).toList())) {
            float[] sums = losses(rows, bucket);
            for (int r = 0; r < bucket.length; r++) {
                losses[bucket[r]] = sums[r];
            }
        }
        return losses;
    }

    private float[] losses(List<TextRow> rows, int[] bucket) {
        int chunk = Math.max(1, LOGITS / config.vocabularySize());
        try (NDManager scope = kernels.memory().newSubManager()) {
            Injection part = InjectionRows.of(scope, injection, bucket);
            DecoderBatch batch = DecoderBatch.ofTargets(
                    scope, Arrays.stream(bucket).mapToObj(rows::get).toList());
            NDArray control = kernels.control(scope, Dropout.NONE, part, chunk);
            return kernels.infer(scope, "loss", part, batch.ids(), batch.asked(), batch.targets(), control)
                    .toFloatArray();
        }
    }

    private List<int[]> buckets(List<int[]> texts) {
        int[] lengths = texts.stream().mapToInt(text -> text.length).toArray();
        return LengthBuckets.ofLengths(lengths, kernels.device(), config.hiddenSize());
    }
}
