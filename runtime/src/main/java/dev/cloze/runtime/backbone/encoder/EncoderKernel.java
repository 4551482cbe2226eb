package dev.cloze.runtime.backbone.encoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.PrefixArrays;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.StatePooling;
import dev.cloze.runtime.backbone.TokenIds;
import dev.cloze.runtime.backbone.WeightList;
import dev.cloze.runtime.backbone.WeightList.Cut;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.LargeWork;
import dev.cloze.runtime.engine.SmallWork;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An encoder's kernel with its weights, whose lists are handed to libtorch once. */
final class EncoderKernel implements AutoCloseable {

    private static final String FORWARD = "forward";

    /** How many weights a layer has, the first of them query-key-value. */
    private static final int SET = 12;

    private final Kernel kernel;
    private final TensorList embedding;
    private final WeightList layers;
    private final TensorList head;
    private final TensorList noPrefixes;
    private final double workOfAToken;
    private final NDArray none;
    private final NDArray plain;
    private final NDArray normalised;

    EncoderKernel(EncoderArchitecture architecture, LoadedWeights weights) {
        EncoderConfig config = architecture.config();
        int width = config.hiddenSize();
        int[] order = config.layerOrder();
        int last = SET * order[order.length - 1];
        this.workOfAToken = 4.0 * width * (2.0 * width + config.intermediateSize());
        this.kernel = Kernel.compile(weights.memory(), architecture.kernel(weights.device()));
        this.embedding = weights.list("embedding", architecture.weights().embedding());
        if (embedding.get(0).hasGradient()) {
            Gradients.begin(embedding.get(0)); // then a pass adds the gradients of its own words alone
        }
        this.layers = weights.packable(
                "layers", architecture.weights().layers(), new Cut(last, 0, width), new Cut(last, width, 2L * width));
        this.head = architecture.weights().head().isEmpty()
                ? weights.emptyList("head")
                : weights.list("head", architecture.weights().head());
        this.noPrefixes = weights.emptyList("prefixes");
        this.none = weights.none();
        this.plain = Dropout.NONE.control(weights.memory(), false);
        this.normalised = Dropout.NONE.control(weights.memory(), true);
    }

    /** Scores of the words, or of the whole vocabulary: (B, M, W), without a graph. */
    NDArray infer(NDManager scope, EncoderBatch batch, int[] words, boolean normalise, Injection injection) {
        NDArray control = normalise ? normalised : plain;
        NDArray inputs = inputs(scope, batch, injection);
        return with(
                scope,
                injection,
                false,
                prefixes -> infer(
                        scope,
                        batch,
                        FORWARD,
                        arguments(scope, batch, words, control, inputs, prefixes, packed(batch))));
    }

    /** The same with the graph behind it, if this thread records one. */
    NDArray train(
            NDManager scope, EncoderBatch batch, int[] words, boolean normalise, Dropout dropout, Injection injection) {
        NDArray control = dropout.control(scope, normalise);
        NDArray inputs = inputs(scope, batch, injection);
        return with(
                scope,
                injection,
                true,
                prefixes -> kernel.train(
                        scope, FORWARD, arguments(scope, batch, words, control, inputs, prefixes, layers.plain())));
    }

    /** The last hidden states, without a graph. */
    NDArray states(NDManager scope, EncoderBatch batch, StatePooling pooling, Injection injection) {
        NDArray inputs = inputs(scope, batch, injection);
        return with(
                scope,
                injection,
                false,
                prefixes -> infer(
                        scope,
                        batch,
                        method(pooling),
                        arguments(batch, pooling, plain, inputs, prefixes, packed(batch))));
    }

    private NDArray infer(NDManager scope, EncoderBatch batch, String method, Object[] arguments) {
        long tokens = batch.ids().size();
        return LargeWork.of(
                tokens, () -> SmallWork.of(workOfAToken, tokens, () -> kernel.infer(scope, method, arguments)));
    }

    /** The same with the graph behind them, if this thread records one. */
    NDArray states(NDManager scope, EncoderBatch batch, StatePooling pooling, Dropout dropout, Injection injection) {
        NDArray control = dropout.control(scope, false);
        NDArray inputs = inputs(scope, batch, injection);
        return with(
                scope,
                injection,
                true,
                prefixes -> kernel.train(
                        scope, method(pooling), arguments(batch, pooling, control, inputs, prefixes, layers.plain())));
    }

    private TensorList packed(EncoderBatch batch) {
        return layers.forRows(batch.ids().size());
    }

    private static String method(StatePooling pooling) {
        return switch (pooling) {
            case MEAN -> "means";
            case HEAD -> "queries";
            case PLACES, MASKS -> "states";
        };
    }

    private NDArray inputs(NDManager scope, EncoderBatch batch, Injection injection) {
        NDArray virtual = injection.virtual();
        if (virtual != null) {
            return kernel.train(scope, "virtual", batch.ids(), virtual, embedding);
        }
        NDArray embeddings = injection.embeddings();
        return embeddings == null ? none : embeddings;
    }

    private NDArray with(NDManager scope, Injection injection, boolean graph, Function<TensorList, NDArray> call) {
        List<NDArray> prefix = PrefixArrays.of(scope, injection, PrefixSite.ENCODER, none);
        if (prefix.isEmpty()) {
            return call.apply(noPrefixes);
        }
        try (TensorList prefixes = graph ? TensorList.named("prefixes", prefix) : TensorList.of(prefix)) {
            return call.apply(prefixes);
        }
    }

    /** The word embeddings of ids (B, T), with the graph behind them. */
    NDArray look(NDManager scope, NDArray ids) {
        return kernel.train(scope, "look", ids, embedding);
    }

    /** The head's rows of words (W,): (W, e). */
    NDArray wordVectors(NDManager scope, NDArray words) {
        NDArray own = head.get(4);
        if (own.isEmpty()) {
            return look(scope, words);
        }
        try (TensorList rows = TensorList.of(List.of(own))) {
            return kernel.train(scope, "look", words, rows);
        }
    }

    private Object[] arguments(
            NDManager scope,
            EncoderBatch batch,
            int[] words,
            NDArray control,
            NDArray inputs,
            TensorList prefixes,
            TensorList weights) {
        return new Object[] {
            batch.ids(),
            batch.segments(),
            batch.positions(),
            batch.mask(),
            batch.asked(),
            TokenIds.of(scope, words),
            control,
            inputs,
            prefixes,
            embedding,
            weights,
            head
        };
    }

    private Object[] arguments(
            EncoderBatch batch,
            StatePooling pooling,
            NDArray control,
            NDArray inputs,
            TensorList prefixes,
            TensorList weights) {
        List<Object> arguments =
                new ArrayList<>(List.of(batch.ids(), batch.segments(), batch.positions(), batch.mask()));
        if (pooling != StatePooling.MEAN) {
            arguments.add(batch.asked());
        }
        arguments.addAll(List.of(control, inputs, prefixes, embedding, weights));
        if (pooling == StatePooling.HEAD) {
            arguments.add(head);
        }
        return arguments.toArray();
    }

    @Override
    public void close() {
        kernel.close();
    }
}
