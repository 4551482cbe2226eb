package dev.cloze.runtime.backbone.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.backbone.BackboneShape;
import dev.cloze.runtime.backbone.ClassifierHead;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LoadedBackbone;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.MissingHead;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TargetAnswers;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TextRow;
import dev.cloze.runtime.backbone.TokenIds;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.backbone.WeightsReader;
import dev.cloze.runtime.backbone.WordRows;
import dev.cloze.runtime.backbone.decoder.DecoderBatch.Text;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A decoder, with its language-model head where its checkpoint has one, on a device: its weights, and the kernel that runs over them.
 *
 * <p>Many threads can run it at once. It computes no more than it is asked for: the vocabulary only where a token is
 * predicted, of it only the words asked, and hardly any padding. Masks must be the last tokens of a row; where a row has
 * several, what the first of them stands for is predicted, and the others' scores are minus infinity until it is filled.
 */
public final class Decoder extends LoadedBackbone<Decoder> implements TextBackbone {

    private static final String THE_MODEL = "the model";

    private final DecoderArchitecture architecture;
    private final boolean headless;
    private final DecoderKernels kernels;

    private Decoder(DecoderArchitecture architecture, boolean headless, LoadedWeights weights) {
        super(weights);
        this.architecture = architecture;
        this.headless = headless;
        this.kernels = new DecoderKernels(headless ? architecture.withoutHead() : architecture, weights);
    }

    /** Reads the weights of this architecture from a checkpoint. */
    public static Decoder load(
            DecoderArchitecture architecture, Checkpoint checkpoint, String name, ComputeDevice device) {
        try (WeightsReader reader = new WeightsReader(checkpoint, architecture.family(), name)) {
            boolean headless =
                    reader.hasNoneOf(architecture.weights().ownHead().stream().toList());
            Decoder decoder = of(architecture, headless, device, reader);
            reader.reportUnread();
            return decoder;
        }
    }

    private static Decoder of(
            DecoderArchitecture architecture, boolean headless, ComputeDevice device, WeightSource source) {
        return LoadedWeights.load(device, source, weights -> new Decoder(architecture, headless, weights));
    }

    @Override
    protected Decoder with(WeightSource source) {
        return of(architecture, headless, device(), source);
    }

    /** Where the head is the word embedding there is nothing to leave out. */
    @Override
    protected Decoder bodyWith(WeightSource source) {
        return of(architecture, architecture.weights().ownHead().isPresent(), device(), source);
    }

    @Override
    public Optional<String> missingHead() {
        return headless
                ? architecture.weights().ownHead().map(slot -> slot.parts().get(0))
                : Optional.empty();
    }

    @Override
    public Decoder withWeights(Checkpoint checkpoint, String name) {
        return load(architecture, checkpoint, name, device());
    }

    DecoderKernels kernels() {
        return kernels;
    }

    /** Its shape and names. */
    public DecoderArchitecture architecture() {
        return architecture;
    }

    @Override
    public BackboneKind kind() {
        return BackboneKind.DECODER;
    }

    @Override
    public ClassifierHead classifier() {
        return architecture.classifier();
    }

    @Override
    public BackboneShape shape() {
        return architecture.config().shape();
    }

    @Override
    public int[] endTokens() {
        return architecture.config().endTokens().clone();
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        return new DecoderScoring(architecture.config(), kernels, injection).scores(rows, words, normalise);
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
        if (rows.stream().anyMatch(row -> row.asked().length != 1)) {
            throw new UnsupportedOperationException(
                    "a decoder is trained on one mask a row; words of several tokens are trained by their targetLoss");
        }
        List<Text> texts = rows.stream().map(DecoderBatch::beforeMasks).toList();
        NDArray control = kernels.control(scope, dropout, injection, normalise ? 1 : 0);
        return forward(scope, texts, words, control, injection).expandDims(1);
    }

    @Override
    public NDArray states(
            NDManager scope, List<TokenRow> rows, StatePooling pooling, Dropout dropout, Injection injection) {
        NDArray control = kernels.control(scope, dropout, injection, 0);
        DecoderBatch batch = batch(scope, rows, pooling);
        if (pooling == StatePooling.MEAN) {
            NDArray mask = DecoderBatch.mask(scope, rows);
            return kernels.train(scope, "means", injection, batch.ids(), mask, control);
        }
        return byRow(kernels.train(scope, "states", injection, batch.ids(), batch.asked(), control), rows);
    }

    @Override
    public NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        NDArray control = kernels.control(scope, Dropout.NONE, injection, 0);
        DecoderBatch batch = batch(scope, rows, pooling);
        if (pooling == StatePooling.MEAN) {
            NDArray mask = DecoderBatch.mask(scope, rows);
            return kernels.infer(scope, "means", injection, batch.ids(), mask, control);
        }
        return byRow(kernels.infer(scope, "states", injection, batch.ids(), batch.asked(), control), rows);
    }

    private static DecoderBatch batch(NDManager scope, List<TokenRow> rows, StatePooling pooling) {
        if (pooling == StatePooling.MEAN || pooling == StatePooling.PLACES) {
            return DecoderBatch.ofRows(scope, rows);
        }
        return DecoderBatch.of(
                scope, rows.stream().map(DecoderBatch::beforeMasks).toList());
    }

    @Override
    public float[][] wordVectors(int[] tokens) {
        MissingHead.refuse(this, THE_MODEL);
        return WordRows.of(memory(), tokens, kernels::wordVectors);
    }

    /** (B M, E) as (B, M, E). */
    private static NDArray byRow(NDArray states, List<TokenRow> rows) {
        return states.reshape(rows.size(), -1, states.getShape().get(1));
    }

    /** Raw logits of the whole vocabulary after every token of one text, (T, V). */
    NDArray everywhere(NDManager scope, int[] ids, Injection injection) {
        Text text = new Text(ids, IntStream.range(0, ids.length).toArray());
        NDArray control = kernels.control(scope, Dropout.NONE, injection, 0);
        return forward(scope, List.of(text), new int[0], control, injection);
    }

    private NDArray forward(NDManager scope, List<Text> texts, int[] words, NDArray control, Injection injection) {
        DecoderBatch batch = DecoderBatch.of(scope, texts);
        NDArray wordIds = TokenIds.of(scope, words);
        return kernels.train(scope, "forward", injection, batch.ids(), batch.asked(), wordIds, control);
    }

    @Override
    public NDArray targetLoss(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        DecoderBatch batch = DecoderBatch.ofTargets(scope, rows);
        NDArray control = kernels.control(scope, dropout, injection, 0);
        return kernels.train(scope, "loss", injection, batch.ids(), batch.asked(), batch.targets(), control);
    }

    @Override
    public TargetAnswers targetAnswers(NDManager scope, List<TextRow> rows, Dropout dropout, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        DecoderBatch batch = DecoderBatch.ofTargets(scope, rows);
        NDArray control = kernels.control(scope, dropout, injection, 0);
        NDArray said = kernels.train(scope, "said", injection, batch.ids(), batch.asked(), control);
        return TargetAnswers.of(said, shape().hiddenSize());
    }

    @Override
    public double[] targetLosses(List<TextRow> rows, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        return new DecoderScoring(architecture.config(), kernels, injection).targetLosses(rows);
    }

    /** Keys and values of each layer in turn that a text leaves, (1, K, T, D): a prefix with which texts go on after it. */
    public List<NDArray> activations(NDManager scope, int[] ids) {
        PromptReader reader = new PromptReader(architecture.config(), kernels, List.of(ids), 0, Injection.NONE);
        return reader.activations(scope);
    }

    @Override
    public NDArray embeddings(NDManager scope, List<TokenRow> rows) {
        List<Text> texts =
                rows.stream().map(row -> new Text(row.ids(), new int[0])).toList();
        return kernels.look(scope, DecoderBatch.of(scope, texts).ids());
    }

    @Override
    public Decoding read(List<int[]> prompts, int most, Injection injection) {
        MissingHead.refuse(this, THE_MODEL);
        return new PromptReader(architecture.config(), kernels, prompts, most, injection).read();
    }

    @Override
    protected void closeKernels() {
        kernels.close();
    }
}
