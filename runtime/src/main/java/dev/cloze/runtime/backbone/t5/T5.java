package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LoadedBackbone;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TargetAnswers;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.backbone.WordRows;
import dev.cloze.runtime.backbone.t5.T5Network.Mode;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An encoder with a decoder that writes what the encoder's text asks for.
 *
 * <p>Of a row's masks only the first open one has scores, as the decoder knows what stands for it only after what stands
 * before: the others are minus infinity.
 */
public final class T5 extends LoadedBackbone<T5> implements TextBackbone {

    private static final String THE_MODEL = "the model";

    private final T5Config config;
    private final T5Weights table;
    private final boolean headless;
    private final T5Network network;

    private T5(T5Config config, T5Weights table, boolean headless, LoadedWeights weights) {
        super(weights);
        this.config = config;
        this.table = table;
        this.headless = headless;
        this.network = new T5Network(config, headless ? table.withoutHead() : table, weights);
    }

    /** Reads the weights of this configuration from a checkpoint. */
    static T5 load(T5Config config, Checkpoint checkpoint, String name, ComputeDevice device) {
        try (WeightsReader reader = new WeightsReader(checkpoint, new T5Family(), name)) {
            T5Weights table = T5Weights.of(config);
            requireDecoder(reader, table, name);
            boolean headless = reader.hasNoneOf(table.ownHead().stream().toList());
            T5 model = of(config, table, headless, device, reader);
            reader.reportUnread();
            return model;
        }
    }

    /** A folder of a T5EncoderModel has half of what is run here. */
    private static void requireDecoder(WeightsReader reader, T5Weights table, String name) {
        List<WeightSlot> decoder =
                table.decoder().stream().flatMap(Optional::stream).toList();
        if (reader.hasNoneOf(decoder)) {
            throw new ClozeException(
                    Problem.MODEL_UNSUPPORTED,
                    name + " is the encoder of a T5 alone (T5EncoderModel): it has no weight of a decoder, such as "
                            + decoder.get(0).parts().get(0)
                            + ".\n  A T5 is asked through its decoder, also where a head reads its states, as in"
                            + " transformers' T5ForSequenceClassification."
                            + "\n  Name the whole model, saved as T5ForConditionalGeneration or T5Model; or, for a head or"
                            + " sentence vectors alone, an encoder such as a BERT.");
        }
    }

    private static T5 of(
            T5Config config, T5Weights table, boolean headless, ComputeDevice device, WeightSource source) {
        return LoadedWeights.load(device, source, weights -> new T5(config, table, headless, weights));
    }

    @Override
    protected T5 with(WeightSource source) {
        return of(config, table, headless, device(), source);
    }

    /** Where the head is the word embedding there is nothing to leave out. */
    @Override
    protected T5 bodyWith(WeightSource source) {
        return of(config, table, table.ownHead().isPresent(), device(), source);
    }

    @Override
    public Optional<String> missingHead() {
        return headless ? table.ownHead().map(slot -> slot.parts().get(0)) : Optional.empty();
    }

    @Override
    public T5 withWeights(Checkpoint checkpoint, String name) {
        return load(config, checkpoint, name, device());
    }

    @Override
    public BackboneKind kind() {
        return BackboneKind.ENCODER_DECODER;
    }

    @Override
    public ClassifierHead classifier() {
        return config.classifier();
    }

    /** Sizes; a prefix of the encoder has as many layers as they say, one of the decoder {@link #decoderLayers}. */
    @Override
    public BackboneShape shape() {
        return config.shape();
    }

    @Override
    public Map<PrefixSite, Integer> prefixSites() {
        return Map.of(
                PrefixSite.ENCODER,
                shape().layers(),
                PrefixSite.DECODER,
                decoderLayers(),
                PrefixSite.CROSS,
                decoderLayers());
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
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        return new T5Scoring(network, injection).scores(rows, words, normalise);
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
        MissingHead.refuse(this, THE_MODEL);
        if (rows.stream().anyMatch(row -> row.asked().length != 1)) {
            throw new UnsupportedOperationException("logits at several masks of a text, of which T5 knows only one");
        }
        NDArray control = dropout.control(scope, normalise);
        T5Question question = T5Question.ofMasks(network, scope, rows, words, control, injection);
        return network.run(Mode.TRAIN, scope, "logits", question, injection).expandDims(1);
    }

    @Override
    public NDArray states(
            NDManager scope, List<TokenRow> rows, StatePooling pooling, Dropout dropout, Injection injection) {
        return states(Mode.TRAIN, scope, rows, pooling, dropout.control(scope, false), injection);
    }

    @Override
    public NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        return states(Mode.INFER, scope, rows, pooling, network.control(false), injection);
    }

    private NDArray states(
            Mode mode,
            NDManager scope,
            List<TokenRow> rows,
            StatePooling pooling,
            NDArray control,
            Injection injection) {
        if (pooling == StatePooling.MEAN) {
            return network.means(mode, scope, sources(scope, rows, injection), control, injection);
        }
        if (pooling == StatePooling.PLACES) {
            T5Question question = T5Question.ofStates(network, scope, rows, control, injection);
            return byRow(network.states(mode, scope, question, injection), rows);
        }
        T5Question question = T5Question.ofMasks(network, scope, rows, new int[0], control, injection);
        NDArray states = network.states(mode, scope, question, injection).expandDims(1);
        return pooling == StatePooling.HEAD ? states.mul((float) config.headScale()) : states;
    }

    @Override
    public float[][] wordVectors(int[] tokens) {
        MissingHead.refuse(this, THE_MODEL);
        return WordRows.of(memory(), tokens, network::wordVectors);
    }

    /**
     * The encoder's last hidden states at the places that the rows ask for, or at all where they ask for none: (B, M, E),
     * with the graph behind them.
     */
    public NDArray encoded(NDManager scope, List<TokenRow> rows, Dropout dropout, Injection injection) {
        T5Batch sources = sources(scope, rows, injection);
        NDArray places = scope.create(T5Question.places(rows, sources.width()));
        NDArray control = dropout.control(scope, false);
        return byRow(network.encoded(Mode.TRAIN, scope, sources, places, control, injection), rows);
    }

    private T5Batch sources(NDManager scope, List<TokenRow> rows, Injection injection) {
        return network.sources(scope, rows.stream().map(TokenRow::ids).toList(), injection);
    }

    /** (B M, E) as (B, M, E). */
    private static NDArray byRow(NDArray states, List<TokenRow> rows) {
        return states.reshape(rows.size(), -1, states.getShape().get(1));
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
        MissingHead.refuse(this, THE_MODEL);
        NDArray control = dropout.control(scope, false);
        T5Question question = T5Question.ofTargets(network, scope, rows, control, injection);
        return network.run(Mode.TRAIN, scope, "loss", question, injection);
    }

    @Override
    public TargetAnswers targetAnswers(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        NDArray control = dropout.control(scope, false);
        T5Question question = T5Question.ofTargets(network, scope, rows, control, injection);
        return TargetAnswers.of(network.said(Mode.TRAIN, scope, question, injection), shape().hiddenSize());
    }

    @Override
    public double[] targetLosses(List<TextRow> rows, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        return new T5Scoring(network, injection).targetLosses(rows);
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
    public boolean readsLonger() {
        return true;
    }

    /** Relative positions have no end. */
    @Override
    public int room(int read) {
        return Integer.MAX_VALUE;
    }

    @Override
    public Decoding read(List<int[]> prompts, int most, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        return T5Writer.read(network, prompts, most, injection);
    }

    @Override
    protected void closeKernels() {
        network.close();
    }
}
