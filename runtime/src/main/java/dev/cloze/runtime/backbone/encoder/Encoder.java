package dev.cloze.runtime.backbone.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LengthBuckets;
import dev.cloze.runtime.backbone.LoadedBackbone;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.Arrays;
import java.util.List;

/**
 * An encoder with its masked-LM head on a device: its weights, and the kernel that runs over them.
 *
 * <p>Many threads can run it at once. It computes no more than it is asked for: in the last layer only the positions
 * asked, of the vocabulary only the words asked, and hardly any padding.
 */
public final class Encoder extends LoadedBackbone<Encoder> {

    private final EncoderArchitecture architecture;
    private final EncoderKernel kernel;

    private Encoder(EncoderArchitecture architecture, LoadedWeights weights) {
        super(weights);
        this.architecture = architecture;
        this.kernel = new EncoderKernel(architecture, weights);
    }

    /** Reads the weights of this architecture from a checkpoint. */
    public static Encoder load(
            EncoderArchitecture architecture, Checkpoint checkpoint, String name, ComputeDevice device) {
        try (WeightsReader reader = new WeightsReader(checkpoint, architecture.family(), name)) {
            Encoder encoder = of(architecture, device, reader::read);
            reader.reportUnread();
            return encoder;
        }
    }

    private static Encoder of(EncoderArchitecture architecture, ComputeDevice device, WeightSource source) {
        return LoadedWeights.load(device, source, weights -> new Encoder(architecture, weights));
    }

    @Override
    protected Encoder with(WeightSource source) {
        return of(architecture, device(), source);
    }

    @Override
    public Encoder withWeights(Checkpoint checkpoint, String name) {
        return load(architecture, checkpoint, name, device());
    }

    /** Its shape and names. */
    public EncoderArchitecture architecture() {
        return architecture;
    }

    @Override
    public BackboneShape shape() {
        EncoderConfig config = architecture.config();
        return new BackboneShape(
                config.vocabularySize(),
                config.embeddingSize(),
                config.hiddenSize(),
                config.layers(),
                config.heads(),
                config.hiddenSize() / config.heads(),
                config.maxLength(),
                config.hiddenDropout(),
                config.attentionDropout());
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise) {
        float[][][] scores = new float[rows.size()][][];
        for (int[] bucket : LengthBuckets.of(rows, architecture.config().hiddenSize())) {
            List<TokenRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
            float[] flat = score(members, words, normalise);
            int asks = members.get(0).asked().length;
            int width = words.length == 0 ? architecture.config().vocabularySize() : words.length;
            for (int r = 0; r < bucket.length; r++) {
                float[][] row = new float[asks][];
                for (int m = 0; m < asks; m++) {
                    int at = (r * asks + m) * width;
                    row[m] = Arrays.copyOfRange(flat, at, at + width);
                }
                scores[bucket[r]] = row;
            }
        }
        return scores;
    }

    private float[] score(List<TokenRow> rows, int[] words, boolean normalise) {
        try (NDManager scope = memory().newSubManager()) {
            return kernel.infer(scope, batch(scope, rows, 0), words, normalise).toFloatArray();
        }
    }

    /** Raw logits of the whole vocabulary, (B, M, V), with the padding on that side. */
    NDArray score(NDManager scope, List<TokenRow> rows, EncoderBatch.Padding padding) {
        EncoderBatch batch = EncoderBatch.of(scope, rows, architecture.config().positionOffset(), padding);
        return kernel.infer(scope, batch, new int[0], false);
    }

    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        EncoderBatch batch = batch(scope, rows, injection.firstPosition());
        return kernel.train(scope, batch, words, normalise, dropout, injection);
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        return kernel.look(scope, batch(scope, rows, 0).ids());
    }

    private EncoderBatch batch(NDManager scope, List<TokenRow> rows, int firstPosition) {
        return EncoderBatch.of(scope, rows, architecture.config().positionOffset() + firstPosition);
    }

    @Override
    protected void closeKernels() {
        kernel.close();
    }
}
