package dev.cloze.runtime.backbone.t5;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.runtime.backbone.Dropout;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.LoadedWeights;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.WeightList;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.LargeWork;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The kernel of a T5 with its weights, whose lists are handed to libtorch once: what it computes of whole texts. */
final class T5Network implements AutoCloseable {

    private final T5Config config;
    private final NDManager memory;
    private final ComputeDevice device;
    private final Kernel kernel;
    private final TensorList shared;
    private final WeightList encoder;
    private final WeightList decoder;
    private final Map<PrefixSite, TensorList> noPrefixes;
    private final NDArray none;
    private final NDArray plain;
    private final NDArray normalised;
    private final T5Steps steps;

    T5Network(T5Config config, T5Weights table, LoadedWeights weights) {
        this.config = config;
        this.memory = weights.memory();
        this.device = weights.device();
        this.kernel = Kernel.compile(memory, config.kernel(weights.device()));
        this.shared = weights.list("shared", table.shared());
        this.encoder = weights.packable("encoder", table.encoder());
        this.decoder = weights.packable("decoder", table.decoder());
        this.noPrefixes = T5Prefixes.none(weights);
        this.none = weights.none();
        this.plain = Dropout.NONE.control(memory, false);
        this.normalised = Dropout.NONE.control(memory, true);
        this.steps = new T5Steps(config, weights, kernel, shared, decoder);
    }

    T5Config config() {
        return config;
    }

    NDManager memory() {
        return memory;
    }

    ComputeDevice device() {
        return device;
    }

    /** What it computes of each further token that is written. */
    T5Steps steps() {
        return steps;
    }

    /** The control of a call without dropout. */
    NDArray control(boolean normalise) {
        return normalise ? normalised : plain;
    }

    /** The texts of an encoder behind what a soft method adds to it. */
    T5Batch sources(NDManager scope, List<int[]> texts, Injection injection) {
        return T5Batch.of(scope, texts, config.encoderBuckets(), injection, PrefixSite.ENCODER);
    }

    /** The inputs of a decoder, likewise. */
    T5Batch targets(NDManager scope, List<int[]> texts, Injection injection) {
        return T5Batch.of(scope, texts, config.decoderBuckets(), injection, PrefixSite.DECODER);
    }

    /** Runs {@code logits} or {@code loss}, which take the same arguments. */
    NDArray run(Mode mode, NDManager scope, String method, T5Question question, Injection injection) {
        return whole(mode, scope, method, question, List.of(question.tokens()), injection);
    }

    /** The decoder's last hidden states at the question's places: (M, E). */
    NDArray states(Mode mode, NDManager scope, T5Question question, Injection injection) {
        return whole(mode, scope, "states", question, List.of(), injection);
    }

    /** The same, and the logits of the whole vocabulary behind them: (M, E + V). */
    NDArray said(Mode mode, NDManager scope, T5Question question, Injection injection) {
        return whole(mode, scope, "said", question, List.of(), injection);
    }

    private NDArray whole(
            Mode mode, NDManager scope, String method, T5Question question, List<NDArray> tokens, Injection injection) {
        try (T5Prefixes prefixes = new T5Prefixes(scope, injection, noPrefixes)) {
            List<Object> arguments = sources(question.sources());
            arguments.addAll(List.of(
                    question.targets().ids(),
                    question.targets().buckets(),
                    question.targets().prefixBuckets(),
                    question.places()));
            arguments.addAll(tokens);
            arguments.addAll(List.of(
                    question.control(),
                    inputs(scope, question.sources(), injection),
                    prefixes.at(PrefixSite.ENCODER),
                    prefixes.at(PrefixSite.DECODER),
                    prefixes.at(PrefixSite.CROSS),
                    shared,
                    list(mode, encoder, question.sources()),
                    list(mode, decoder, question.sources(), question.targets())));
            return call(mode, scope, method, rows(question.sources(), question.targets()), arguments);
        }
    }

    /** The encoder's last hidden states at those places of the texts, (M, E). */
    NDArray encoded(Mode mode, NDManager scope, T5Batch sources, NDArray places, NDArray control, Injection injection) {
        return ofEncoder(mode, scope, "encoded", sources, List.of(places, control), injection);
    }

    /** Their mean over each text's tokens, (B, E). */
    NDArray means(Mode mode, NDManager scope, T5Batch sources, NDArray control, Injection injection) {
        return ofEncoder(mode, scope, "means", sources, List.of(control), injection);
    }

    private NDArray ofEncoder(
            Mode mode, NDManager scope, String method, T5Batch sources, List<NDArray> own, Injection injection) {
        try (T5Prefixes prefixes = new T5Prefixes(scope, injection, noPrefixes)) {
            List<Object> arguments = sources(sources);
            arguments.addAll(own);
            arguments.addAll(List.of(
                    inputs(scope, sources, injection),
                    prefixes.at(PrefixSite.ENCODER),
                    shared,
                    list(mode, encoder, sources)));
            return call(mode, scope, method, rows(sources), arguments);
        }
    }

    /** The weights as products with that many tokens take them. */
    private static TensorList list(Mode mode, WeightList weights, T5Batch... batches) {
        return mode == Mode.TRAIN ? weights.plain() : weights.forRows(rows(batches));
    }

    /** The tokens of the batch that has most of them. */
    private static long rows(T5Batch... batches) {
        return Stream.of(batches).mapToLong(batch -> batch.ids().size()).max().orElseThrow();
    }

    private static List<Object> sources(T5Batch sources) {
        return new ArrayList<>(List.of(sources.ids(), sources.mask(), sources.buckets(), sources.prefixBuckets()));
    }

    private NDArray call(Mode mode, NDManager scope, String method, long rows, List<Object> arguments) {
        return mode == Mode.TRAIN
                ? kernel.train(scope, method, arguments.toArray())
                : LargeWork.of(rows, () -> kernel.infer(scope, method, arguments.toArray()));
    }

    /** The head's rows of words (W,): (W, E). */
    NDArray wordVectors(NDManager scope, NDArray words) {
        NDArray own = shared.get(1);
        try (TensorList rows = TensorList.of(List.of(own.isEmpty() ? shared.get(0) : own))) {
            return kernel.train(scope, "look", words, rows);
        }
    }

    /** The word embeddings of a batch, with the graph behind them: (B, T, E). */
    NDArray look(NDManager scope, T5Batch batch) {
        return kernel.train(scope, "look", batch.ids(), shared);
    }

    /** Every decoder layer's keys and values of the texts: (2L, B, H, P + S, D), of the CROSS prefix and the texts. */
    NDArray read(NDManager scope, T5Batch sources, Injection injection) {
        try (T5Prefixes prefixes = new T5Prefixes(scope, injection, noPrefixes)) {
            List<Object> arguments = sources(sources);
            arguments.addAll(List.of(
                    plain,
                    inputs(scope, sources, injection),
                    prefixes.at(PrefixSite.ENCODER),
                    prefixes.at(PrefixSite.CROSS),
                    shared,
                    list(Mode.INFER, encoder, sources),
                    list(Mode.INFER, decoder, sources)));
            return call(Mode.INFER, scope, "read", rows(sources), arguments);
        }
    }

    /** Which of these keys and values the decoder's tokens see: (B, 1, 1, P + S), or empty where they see all. */
    NDArray crossBias(NDManager scope, T5Batch sources, Injection injection) {
        if (sources.mask().isEmpty()) {
            return scope.create(new float[0]);
        }
        try (T5Prefixes prefixes = new T5Prefixes(scope, injection, noPrefixes)) {
            return kernel.infer(scope, "bias", sources.mask(), shared.get(0), prefixes.at(PrefixSite.CROSS));
        }
    }

    private NDArray inputs(NDManager scope, T5Batch sources, Injection injection) {
        NDArray virtual = injection.virtual();
        if (virtual != null) {
            return kernel.train(scope, "virtual", sources.ids(), virtual, shared);
        }
        NDArray embeddings = injection.embeddings();
        return embeddings == null ? none : embeddings;
    }

    /** Whether a graph for gradients is kept. */
    enum Mode {
        INFER,
        TRAIN
    }

    @Override
    public void close() {
        steps.close();
        kernel.close();
    }
}
