package dev.cloze.runtime.backbone.joint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.Backbone;
import dev.cloze.runtime.backbone.BackboneView;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TextBackbone;
import dev.cloze.runtime.backbone.TokenRow;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A backbone that answers those who attend its meeting together, and gives each what it would have been given alone, but for
 * rounding. It is a view of the backbone below, which stays its owner's, and is not trained.
 */
public class JointBackbone extends BackboneView {

    private final Rounds rounds;
    private final Meeting meeting;

    JointBackbone(Backbone base) {
        super(base);
        this.rounds = new Rounds(base);
        this.meeting = new Meeting(rounds::answer);
    }

    /** Over that backbone; one that writes text where it does. */
    public static JointBackbone over(Backbone base) {
        return base instanceof TextBackbone text ? new JointTextBackbone(text) : new JointBackbone(base);
    }

    /** Where those attend who ask it. */
    public final Meeting meeting() {
        return meeting;
    }

    /** The results of several works, each of which asks this backbone as if it were alone; what they ask rides in the same batches. */
    public final <T> List<T> together(List<Supplier<T>> works) {
        return meeting.together(works);
    }

    /** How many batches the backbone below has been asked, each token that texts go on by counted too. */
    public final long passes() {
        return rounds.passes();
    }

    /** All in one: what is asked together is sorted together. */
    @Override
    public List<int[]> buckets(List<TokenRow> rows) {
        return List.of(IntStream.range(0, rows.size()).toArray());
    }

    @Override
    public float[][][] scores(List<TokenRow> rows, int[] words, boolean normalise, Injection injection) {
        return rows.isEmpty()
                ? new float[0][][]
                : meeting.ask(new WordsCall(List.copyOf(rows), words, normalise, injection));
    }

    @Override
    public float[][] vectors(List<TokenRow> rows, StatePooling pooling, Injection injection) {
        return rows.isEmpty() ? new float[0][] : meeting.ask(new StatesCall(List.copyOf(rows), pooling, injection));
    }

    @Override
    public NDArray states(NDManager scope, List<TokenRow> rows, StatePooling pooling, Injection injection) {
        if (pooling == StatePooling.PLACES && rows.get(0).asked().length == 0) {
            return base().states(scope, rows, pooling, injection); // all places, of rows that are padded to one another
        }
        float[][] states = vectors(rows, pooling, injection);
        NDArray array = scope.create(states);
        int width = pooling == StatePooling.HEAD ? shape().embeddingSize() : shape().hiddenSize();
        long places = states[0].length / width;
        return pooling == StatePooling.MEAN ? array : array.reshape(new Shape(rows.size(), places, width));
    }

    @Override
    public NDArray states(
            NDManager scope, List<TokenRow> rows, StatePooling pooling, Dropout dropout, Injection injection) {
        throw isNotCopied();
    }

    @Override
    public NDArray logits(
            NDManager scope,
            List<TokenRow> rows,
            int[] words,
            boolean normalise,
            Dropout dropout,
            Injection injection) {
        throw isNotCopied();
    }

    @Override
    public NDManager memory() {
        return base().memory();
    }

    @Override
    public Map<WeightSlot, NDArray> weights() {
        return base().weights();
    }

    @Override
    public Optional<WeightSlot> notFinite() {
        return base().notFinite();
    }

    @Override
    public Map<String, Tensor> tensors() {
        return base().tensors();
    }

    @Override
    protected final UnsupportedOperationException isNotCopied() {
        return new UnsupportedOperationException("what several ask together is not trained");
    }

    /** Frees nothing, as nothing is its own. */
    @Override
    public void close() {}
}
