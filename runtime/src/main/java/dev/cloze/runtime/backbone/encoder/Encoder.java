package dev.cloze.runtime.backbone.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.InjectionRows;
import dev.cloze.runtime.backbone.LoadedBackbone;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.backbone.WordRows;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An encoder, with its masked-LM head where its checkpoint has one, on a device: its weights, and the kernel that runs over them.
 *
 * <p>Many threads can run it at once. It computes no more than it is asked for: in the last layer only the positions
 * asked, of the vocabulary only the words asked, and hardly any padding.
 */
public final class Encoder extends LoadedBackbone<Encoder> {

    private static final String THE_MODEL = "the model";

    private final EncoderArchitecture architecture;
    private final boolean headless;
    private final EncoderKernel kernel;

    private Encoder(EncoderArchitecture architecture, boolean headless, LoadedWeights weights) {
        super(weights);
        this.architecture = architecture;
        this.headless = headless;
        this.kernel = new EncoderKernel(headless ? architecture.withoutHead() : architecture, weights);
    }

    /** Reads the weights of this architecture from a checkpoint. */
    public static Encoder load(
            EncoderArchitecture architecture, Checkpoint checkpoint, String name, ComputeDevice device) {
        try (WeightsReader reader = new WeightsReader(checkpoint, architecture.family(), name)) {
            boolean headless = reader.hasNoneOf(architecture.weights().headSlots());
            Encoder encoder = of(architecture, headless, device, reader);
            reader.reportUnread();
            return encoder;
        }
    }

    private static Encoder of(
            EncoderArchitecture architecture, boolean headless, ComputeDevice device, WeightSource source) {
        return LoadedWeights.load(device, source, weights -> new Encoder(architecture, headless, weights));
    }

    @Override
    protected Encoder with(WeightSource source) {
        return of(architecture, headless, device(), source);
    }

    @Override
    protected Encoder bodyWith(WeightSource source) {
        return of(architecture, true, device(), source);
    }

    @Override
    public Optional<String> missingHead() {
        return headless
                ? Optional.of(architecture.weights().headSlots().get(0).parts().get(0))
                : Optional.empty();
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
    public ClassifierHead classifier() {
        return architecture.classifier();
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
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        float[][][] scores = new float[rows.size()][][];
        for (int[] bucket : buckets(rows)) {
            float[] flat = score(rows, bucket, words, normalise, injection);
            int asks = rows.get(bucket[0]).asked().length;
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

    private float[] score(List<TokenRow> rows, int[] bucket, int[] words, boolean normalise, Injection injection) {
        List<TokenRow> members = Arrays.stream(bucket).mapToObj(rows::get).toList();
        try (NDManager scope = memory().newSubManager()) {
            Injection part = InjectionRows.of(scope, injection, bucket);
            return kernel.infer(scope, batch(scope, members, part), words, normalise, part)
                    .toFloatArray();
        }
    }

    /** Raw logits of the whole vocabulary, (B, M, V), with the padding on that side. */
    NDArray score(NDManager scope, List<TokenRow> rows, EncoderBatch.Padding padding) {
        EncoderConfig config = architecture.config();
        EncoderBatch batch = EncoderBatch.of(scope, rows, config.segments(), row -> config.positionOffset(), padding);
        return kernel.infer(scope, batch, new int[0], false, Injection.NONE);
    }

    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        EncoderBatch batch = batch(scope, rows, injection);
        return kernel.train(scope, batch, words, normalise, dropout, injection);
    }

    @Override
    public NDArray states(
            NDManager scope, List<TokenRow> rows, StatePooling pooling, Dropout dropout, Injection injection) {
        requireHead(pooling);
        EncoderBatch batch = batch(scope, rows, injection);
        return kernel.states(scope, batch, pooling, dropout, injection);
    }

    @Override
    public NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        requireHead(pooling);
        return kernel.states(scope, batch(scope, rows, injection), pooling, injection);
    }

    private void requireHead(StatePooling pooling) {
        if (pooling == StatePooling.HEAD) {
            MissingHead.refuse(this, THE_MODEL);
        }
    }

    @Override
    public float[][] wordVectors(int[] tokens) {
        MissingHead.refuse(this, THE_MODEL);
        return WordRows.of(memory(), tokens, kernel::wordVectors);
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        return kernel.look(scope, batch(scope, rows, Injection.NONE).ids());
    }

    private EncoderBatch batch(NDManager scope, List<TokenRow> rows, Injection injection) {
        EncoderConfig config = architecture.config();
        return EncoderBatch.of(
                scope, rows, config.segments(), row -> config.positionOffset() + injection.firstPosition(row));
    }

    @Override
    protected void closeKernels() {
        kernel.close();
    }
}
