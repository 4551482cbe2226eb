package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.annotations.method.BackboneKind;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.engine.ComputeDevice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A language model on a device, asked about the words at given places of a text.
 *
 * <p>An encoder is asked about its masks, a decoder about the next token, an encoder-decoder about what its sentinel
 * stands for. Many threads can use one at once. Tensors are rows of {@code float32}; B batch, T sequence, M places asked,
 * W words asked, V vocabulary, e embedding width.
 */
public interface Backbone extends AutoCloseable {

    /** How it is asked for a word. */
    default BackboneKind kind() {
        return BackboneKind.ENCODER;
    }

    /** Its sizes and its published dropout rates. */
    BackboneShape shape();

    /** What its published sequence classifiers put on top of it. */
    ClassifierHead classifier();

    /** Whether it also reads longer texts than its shape says, which it was trained on. */
    default boolean readsLonger() {
        return false;
    }

    /** Where a prefix can stand, and how many layers it has there. */
    default Map<PrefixSite, Integer> prefixSites() {
        PrefixSite site = kind() == BackboneKind.DECODER ? PrefixSite.DECODER : PrefixSite.ENCODER;
        return Map.of(site, shape().layers());
    }

    /** Where it runs. */
    ComputeDevice device();

    /** The root of its native memory. */
    NDManager memory();

    /** Its weights by slot, always in the same order; they are the live arrays. */
    Map<WeightSlot, NDArray> weights();

    /**
     * The first of its weights with numbers that are not finite, in one pass over them; empty where all are. Others may ask a
     * loaded one meanwhile, and it takes no more memory afterwards.
     */
    default Optional<WeightSlot> notFinite() {
        return FiniteWeights.firstNot(weights(), FiniteWeights::isFinite);
    }

    /** The weights under their published names, as a checkpoint holds them. */
    Map<String, Tensor> tensors();

    /** A copy with weights of its own, which take gradients. */
    Backbone trainableCopy();

    /** The same without its language-model head, whose weights hidden states don't need. */
    Backbone trainableBody();

    /** The first tensor of the language-model head, where the checkpoint has none of it; empty where there is a head. */
    default Optional<String> missingHead() {
        return Optional.empty();
    }

    /** A backbone of this architecture with copies of those weights, one for each slot, without gradients. */
    Backbone withWeights(Map<WeightSlot, NDArray> source);

    /**
     * A backbone of this architecture with the weights of a checkpoint; without a head where that has none.
     *
     * @param name of the checkpoint, for messages
     */
    Backbone withWeights(Checkpoint checkpoint, String name);

    /** The places of rows in groups that are best computed together; see {@link LengthBuckets}. */
    default List<int[]> buckets(List<TokenRow> rows) {
        return LengthBuckets.of(rows, device(), shape().hiddenSize());
    }

    /** The same of texts of these lengths, in tokens, which are asked alike. */
    default List<int[]> buckets(int[] lengths) {
        return LengthBuckets.ofLengths(lengths, device(), shape().hiddenSize());
    }

    /**
     * What the model says at the places asked: [row][place][word].
     *
     * @param words token ids; empty for the whole vocabulary
     * @param normalise true for natural logarithms of probabilities over the whole vocabulary, false for raw logits
     * @param injection what a soft method adds to these rows
     */
    float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise, Injection injection);

    /** The same of the model as it is. */
    default float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise) {
        return scores(rows, words, normalise, Injection.NONE);
    }

    /**
     * The same as one batch, with the graph behind it, for training: (B, M, W) in that scope.
     *
     * @param rows asking for equally many places
     * @param injection what a soft method adds
     */
    NDArray logits(
            NDManager scope, List<TokenRow> rows, int[] words, boolean normalise, Dropout dropout, Injection injection);

    /**
     * The last hidden states as one batch, with the graph behind them, for training: in that scope.
     *
     * @param rows asking for equally many places
     * @param injection what a soft method adds
     */
    NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Dropout dropout, Injection injection);

    /** The same without a graph, where nothing is dropped. */
    NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Injection injection);

    /** The same of the model as it is. */
    default NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling) {
        return states(scope, rows, pooling, Injection.NONE);
    }

    /**
     * The last hidden states as numbers of Java, in batches of like length: for each row those of the places that it asks for, one
     * after the other.
     *
     * @param rows asking for equally many places, which a mean leaves out of account
     * @param injection what a soft method adds to these rows
     */
    default float[][] vectors(List<TokenRow> rows, StatePooling pooling, Injection injection) {
        return StateVectors.of(this, rows, pooling, injection);
    }

    /** The same of the model as it is. */
    default float[][] vectors(List<TokenRow> rows, StatePooling pooling) {
        return vectors(rows, pooling, Injection.NONE);
    }

    /**
     * The rows of the language-model head for these tokens, whose products with {@link StatePooling#HEAD} are the tokens' logits
     * but for a bias: [token][e].
     *
     * @throws dev.cloze.problem.ClozeException CHECKPOINT_MISSING_WEIGHT where there is no head
     */
    float[][] wordVectors(int[] tokens);

    /** The word embeddings of the rows, padded on the right, before positions are added: (B, T, e) in that scope. */
    NDArray embeddings(NDManager scope, List<TokenRow> rows);

    /** Frees its native memory. */
    @Override
    void close();
}
