package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LoadedBackbone;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.backbone.t5.T5Network.Mode;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.List;

/**
 * An encoder with a decoder that writes what the encoder's text asks for.
 *
 * <p>Of a row's masks only the first open one has scores, as the decoder knows what stands for it only after what stands
 * before: the others are minus infinity.
 */
public final class T5 extends LoadedBackbone<T5> implements TextBackbone {

    private final T5Config config;
    private final T5Weights table;
    private final T5Network network;

    private T5(T5Config config, T5Weights table, LoadedWeights weights) {
        super(weights);
        this.config = config;
        this.table = table;
        this.network = new T5Network(config, table, weights);
    }

    /** Reads the weights of this configuration from a checkpoint. */
    static T5 load(T5Config config, Checkpoint checkpoint, String name, ComputeDevice device) {
        try (WeightsReader reader = new WeightsReader(checkpoint, new T5Family(), name)) {
            T5Weights table = T5Weights.of(config);
            T5 model = LoadedWeights.load(device, reader::read, weights -> new T5(config, table, weights));
            reader.reportUnread();
            return model;
        }
    }

    @Override
    protected T5 with(WeightSource source) {
        return LoadedWeights.load(device(), source, weights -> new T5(config, table, weights));
    }

    @Override
    public T5 withWeights(Checkpoint checkpoint, String name) {
        return load(config, checkpoint, name, device());
    }

    @Override
    public BackboneKind kind() {
        return BackboneKind.ENCODER_DECODER;
    }

    /** Sizes; a prefix of the encoder has as many layers as they say, one of the decoder {@link #decoderLayers}. */
    @Override
    public BackboneShape shape() {
        return config.shape();
    }

    /** How many layers the decoder has. */
    public int decoderLayers() {
        return config.decoderLayers();
    }

    @Override
    public int[] endTokens() {
        return config.endTokens().clone();
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise) {
        return new T5Scoring(network).scores(rows, words, normalise);
    }

    /** The rows may have one open mask each: words of several tokens are learnt by {@link #targetLoss}. */
    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        if (rows.stream().anyMatch(row -> row.asked().length != 1)) {
            throw new UnsupportedOperationException("logits at several masks of a text, of which T5 knows only one");
        }
        NDArray control = dropout.control(scope, normalise);
        T5Question question = T5Question.ofMasks(network, scope, rows, words, control, injection);
        return network.run(Mode.TRAIN, scope, "logits", question, injection).expandDims(1);
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        List<int[]> texts = rows.stream()
                .map(row -> MaskedText.of(row, config.startToken()).source())
                .toList();
        return network.look(scope, network.sources(scope, texts, Injection.NONE));
    }

    @Override
    public NDArray targetLoss(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        NDArray control = dropout.control(scope, false);
        T5Question question = T5Question.ofTargets(network, scope, rows, control, injection);
        return network.run(Mode.TRAIN, scope, "loss", question, injection);
    }

    @Override
    public double[] targetLosses(List<TextRow> rows) {
        return new T5Scoring(network).targetLosses(rows);
    }

    T5Config config() {
        return config;
    }

    /** Raw logits of the whole vocabulary at each of the inputs a decoder is given as they are: (T, V). */
    NDArray logitsAtInputs(NDManager scope, int[] source, int[] inputs) {
        T5Question question = T5Question.ofInputs(network, scope, source, inputs);
        return network.run(Mode.INFER, scope, "logits", question, Injection.NONE);
    }

    /** Raw logits of the whole vocabulary where each token of the targets is to be written, row after row: (M, V). */
    NDArray logits(NDManager scope, List<TextRow> rows, Injection injection) {
        T5Question asked = T5Question.ofTargets(network, scope, rows, network.control(false), injection);
        return network.run(Mode.TRAIN, scope, "logits", asked.ofWholeVocabulary(scope), injection);
    }

    @Override
    public int[] before(int[] prompt) {
        return new int[] {config.startToken()};
    }

    /** Relative positions have no end. */
    @Override
    public int room(int read) {
        return Integer.MAX_VALUE;
    }

    @Override
    public Decoding read(List<int[]> prompts, int most, Injection injection) {
        return T5Writer.read(network, prompts, most, injection);
    }

    @Override
    protected void closeKernels() {
        network.close();
    }
}
