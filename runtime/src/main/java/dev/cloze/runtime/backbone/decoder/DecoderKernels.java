package dev.cloze.runtime.backbone.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.cache.KeyValueCache;
import dev.cloze.runtime.backbone.cache.PackedWeights;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.TensorList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder's kernels with its weights, whose lists are handed to libtorch once.
 *
 * @param memory of the backbone
 * @param kernel the decoder's
 * @param cacheKernel of its key/value caches
 * @param embedding word, position, rotary frequencies
 * @param layers see {@link DecoderWeights}
 * @param head likewise
 * @param packed the matrices as decoding steps read them fastest
 * @param noPrefixes a list of one empty array
 * @param none an empty array
 */
record DecoderKernels(
        NDManager memory,
        Kernel kernel,
        Kernel cacheKernel,
        TensorList embedding,
        TensorList layers,
        TensorList head,
        PackedWeights packed,
        TensorList noPrefixes,
        NDArray none)
        implements AutoCloseable {

    /** Runs a method on whole texts, without a graph. */
    NDArray infer(NDManager scope, String method, NDArray ids, NDArray asked, NDArray third, NDArray control) {
        return kernel.infer(scope, method, ids, asked, third, control, none, noPrefixes, embedding, layers, head);
    }

    /** The same with the graph behind it, if this thread records one. */
    NDArray train(
            NDManager scope,
            String method,
            Injection injection,
            NDArray ids,
            NDArray asked,
            NDArray third,
            NDArray control) {
        NDArray inputs = or(injection.embeddings(), none);
        List<NDArray> prefix = injection.prefix(PrefixSite.DECODER);
        if (prefix.isEmpty()) {
            return kernel.train(scope, method, ids, asked, third, control, inputs, noPrefixes, embedding, layers, head);
        }
        try (TensorList prefixes = TensorList.named("prefixes", prefix)) {
            return kernel.train(scope, method, ids, asked, third, control, inputs, prefixes, embedding, layers, head);
        }
    }

    /** The word embeddings of ids (B, T), with the graph behind them. */
    NDArray look(NDManager scope, NDArray ids) {
        return kernel.train(scope, "look", ids, embedding);
    }

    /**
     * Writes tokens (2, B, T), ids and positions, into the cache, which has room for them, and says what comes after the
     * places asked.
     *
     * @param asked (N,) of B T; empty for all
     * @param bias (B, 1, T, S); empty where each token sees all before it
     * @param inputs in place of the ids, or null
     */
    NDArray extend(
            NDManager owner,
            NDArray tokens,
            NDArray asked,
            NDArray bias,
            @Nullable NDArray inputs,
            KeyValueCache cache) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray control = Control.of(scope, cache.used());
            return kernel.infer(
                    owner,
                    "extend",
                    tokens,
                    asked,
                    bias,
                    or(inputs, none),
                    control,
                    cache.store(),
                    packed.orElse(noPrefixes),
                    embedding,
                    layers,
                    head);
        }
    }

    private static NDArray or(@Nullable NDArray array, NDArray otherwise) {
        return array == null ? otherwise : array;
    }

    @Override
    public void close() {
        packed.close();
        for (TensorList list : List.of(embedding, layers, head, noPrefixes)) {
            list.close();
        }
        kernel.close();
        cacheKernel.close();
    }
}
