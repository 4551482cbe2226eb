package dev.cloze.runtime.backbone;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an architecture's published sequence classifiers put between the last hidden states and the labels; only the number
 * of labels is left open. E hidden size, C labels.
 *
 * @param lastToken whether it reads the state of the last token, of an encoder-decoder its decoder's; otherwise that of the
 *     first
 * @param dense the layer before the labels, (E, E) and a bias, by its published name without {@code .weight}; empty where
 *     there is none
 * @param activation what follows that layer
 * @param dropsTwice whether states are dropped before that layer as well as after it
 * @param dropout the published rate in training, 0 to below 1
 * @param tokenDropout the same of the published token classifiers
 * @param labels the matrix of the labels, (C, E), by its published name without {@code .weight}
 * @param biased whether labels have a bias
 * @param deviation the standard deviation of matrices that start at random
 */
public record ClassifierHead(
        boolean lastToken,
        String dense,
        Activation activation,
        boolean dropsTwice,
        double dropout,
        double tokenDropout,
        String labels,
        boolean biased,
        double deviation) {

    /** What follows the layer before the labels. */
    public enum Activation {
        TANH,
        RELU
    }

    /** The place of the token whose state it reads in a text of so many. */
    public int place(int length) {
        return lastToken ? length - 1 : 0;
    }

    /** One that is a matrix of labels alone, without a bias, on the last token, as all decoders have it. */
    public static ClassifierHead ofDecoder(double deviation) {
        return new ClassifierHead(true, "", Activation.TANH, false, 0, 0, "score", false, deviation);
    }

    /** One with a layer before the labels, on the first token. */
    public static ClassifierHead ofEncoder(
            String dense, Activation activation, double dropout, String labels, double deviation) {
        return new ClassifierHead(false, dense, activation, false, dropout, dropout, labels, true, deviation);
    }

    /** The same, dropping before its layer too. */
    public ClassifierHead droppingTwice() {
        return new ClassifierHead(lastToken, dense, activation, true, dropout, tokenDropout, labels, biased, deviation);
    }

    /** The same on the last token. */
    public ClassifierHead onLastToken() {
        return new ClassifierHead(
                true, dense, activation, dropsTwice, dropout, tokenDropout, labels, biased, deviation);
    }

    /** The same without a layer before the labels. */
    public ClassifierHead withoutDense() {
        return new ClassifierHead(lastToken, "", activation, false, dropout, tokenDropout, labels, biased, deviation);
    }

    /** The same where token classifiers drop at another rate. */
    public ClassifierHead withTokenDropout(double rate) {
        return new ClassifierHead(lastToken, dense, activation, dropsTwice, dropout, rate, labels, biased, deviation);
    }

    /**
     * What its published token classifiers put on each state: dropout and a matrix with a bias, {@code classifier} in all
     * encoders of transformers.
     */
    public ClassifierHead ofTokens() {
        return new ClassifierHead(
                false, "", Activation.TANH, false, tokenDropout, tokenDropout, "classifier", true, deviation);
    }

    /** Its tensors for so many labels: the layer's weight and bias where it has one, the labels', and their bias if any. */
    public List<WeightSlot> slots(int hiddenSize, int count) {
        Stream<WeightSlot> layer = dense.isEmpty()
                ? Stream.empty()
                : Stream.of(
                        WeightSlot.of(dense + ".weight", "the hidden size", hiddenSize, hiddenSize),
                        WeightSlot.of(dense + ".bias", "the hidden size", hiddenSize));
        String keys = "the labels and the hidden size";
        Stream<WeightSlot> bias = biased ? Stream.of(WeightSlot.of(labels + ".bias", keys, count)) : Stream.empty();
        return Stream.of(layer, Stream.of(WeightSlot.of(labels + ".weight", keys, count, hiddenSize)), bias)
                .flatMap(slots -> slots)
                .toList();
    }

    /** The names of all tensors that it may have. */
    public Set<String> names() {
        return slots(1, 1).stream().flatMap(slot -> slot.parts().stream()).collect(Collectors.toSet());
    }
}
