package dev.cloze.runtime.backbone.decoder;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.backbone.Decoding;
import dev.cloze.runtime.backbone.Injection;
import dev.cloze.runtime.backbone.PrefixSite;
import dev.cloze.runtime.backbone.cache.Ancestry;
import dev.cloze.runtime.backbone.cache.CachedDecoding;
import dev.cloze.runtime.backbone.cache.KeyValueCache;
import dev.cloze.runtime.engine.LargeWork;
import java.util.Arrays;
import java.util.List;

/** Reads a batch of prompts into a cache; a beginning they share is computed once. */
final class PromptReader {

    /** Tokens that must be spared, so that a further call is worth it. */
    private static final int SPARED = 32;

    private static final float UNSEEN = Float.NEGATIVE_INFINITY;

    private final DecoderConfig config;
    private final DecoderKernels kernels;
    private final List<int[]> prompts;
    private final int most;
    private final Injection injection;
    private final List<NDArray> prefix;
    private final int longest;
    private int computed;

    PromptReader(DecoderConfig config, DecoderKernels kernels, List<int[]> prompts, int most, Injection injection) {
        this.config = config;
        this.kernels = kernels;
        this.prompts = prompts;
        this.most = most;
        this.injection = injection;
        this.prefix = injection.prefix(PrefixSite.DECODER);
        this.longest = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
        check();
    }

    /** The keys and values that are left of a single prompt. */
    List<NDArray> activations(NDManager scope) {
        try (KeyValueCache cache = cache(scope, 1, longest)) {
            extend(scope, cache, prompts, 0, longest).close();
            return cache.arrays(scope).stream()
                    .map(array -> kernels.raised(scope, array))
                    .toList();
        }
    }

    private void check() {
        if (prompts.stream().anyMatch(prompt -> prompt.length == 0)) {
            throw new IllegalArgumentException("prompts have at least one token each");
        }
        int first = injection.firstPosition();
        if (first + longest + most > config.maxLength()) {
            throw new ClozeException(
                    Problem.INPUT_TOO_LONG,
                    "A prompt of " + longest + " tokens and " + most + " to be written after it exceed the model's "
                            + config.maxLength() + " positions."
                            + (first == 0 ? "" : "\n  " + first + " of them are taken by a prefix.")
                            + (first + longest < config.maxLength()
                                    ? "\n  Ask for at most " + (config.maxLength() - first - longest)
                                            + " tokens, or shorten the prompt."
                                    : "\n  Shorten the prompt to fewer than " + (config.maxLength() - first)
                                            + " tokens: what is written needs positions too."));
        }
    }

    Decoding read() {
        NDManager memory = kernels.memory().newSubManager();
        KeyValueCache cache = null;
        try {
            int shared = shared();
            cache = cache(memory, shared == 0 ? prompts.size() : 1, shared == 0 ? longest : shared);
            if (!prefix.isEmpty()) {
                cache.fill(prefix);
            }
            if (shared > 0) {
                extend(memory, cache, prompts.subList(0, 1), 0, shared).close();
                cache.keep(new int[prompts.size()], KeyValueCache.room(slots(longest), 1, slots(longest) + most));
            }
            NDArray logits = extend(memory, cache, prompts, shared, longest);
            int[] lengths = prompts.stream().mapToInt(prompt -> prompt.length).toArray();
            Ancestry ancestry = new Ancestry(injection, PrefixSite.DECODER, lengths);
            NDArray all = memory.create(new long[0]);
            return new CachedDecoding(
                    memory,
                    cache,
                    ancestry,
                    logits,
                    most,
                    (owner, tokens, bias, present, rows) ->
                            kernels.extend(owner, tokens, all, bias, kernels.none(), present));
        } catch (RuntimeException | Error e) {
            if (cache != null) {
                cache.close();
            }
            memory.close();
            throw e;
        }
    }

    /** How many tokens the kernel was given, padding included. */
    int computed() {
        return computed;
    }

    private int slots(int tokens) {
        return injection.prefixLength(PrefixSite.DECODER) + tokens;
    }

    private KeyValueCache cache(NDManager memory, int rows, int tokens) {
        int needed = slots(tokens);
        int room = rows == prompts.size() ? KeyValueCache.room(needed, 1, needed + most) : needed;
        return kernels.cache(memory, rows, room);
    }

    /** How many tokens are computed once for all prompts; none where something else may differ between them. */
    private int shared() {
        return injection.isForCertainRows() ? 0 : shared(prompts);
    }

    /** How many tokens all prompts begin with, each having more; 0 where it isn't worth a call. */
    static int shared(List<int[]> prompts) {
        int[] first = prompts.get(0);
        int shared = first.length;
        for (int[] prompt : prompts) {
            int mismatch = Arrays.mismatch(prompt, first);
            shared = Math.min(shared, mismatch < 0 ? first.length : mismatch);
            shared = Math.min(shared, prompt.length - 1);
        }
        return shared * (prompts.size() - 1) < SPARED ? 0 : shared;
    }

    /** Reads the tokens from one index to another, as far as each prompt has them, and says what comes after each prompt. */
    private NDArray extend(NDManager memory, KeyValueCache cache, List<int[]> rows, int from, int to) {
        int width = to - from;
        long[] tokens = new long[2 * rows.size() * width];
        long[] asked = new long[rows.size()];
        for (int r = 0; r < rows.size(); r++) {
            int[] prompt = rows.get(r);
            int end = Math.min(prompt.length, to);
            for (int t = from; t < to; t++) {
                tokens[r * width + t - from] = t < end ? prompt[t] : 0;
                tokens[(rows.size() + r) * width + t - from] = injection.firstPosition(r) + t;
            }
            asked[r] = (long) r * width + end - from - 1;
        }
        try (NDManager scope = kernels.memory().newSubManager()) {
            NDArray both = scope.create(tokens, new Shape(2, rows.size(), width));
            NDArray places = scope.create(asked, new Shape(asked.length));
            NDArray bias = bias(scope, rows.size(), width);
            NDArray inputs = kernels.inputs(scope, both.get(0), injection);
            NDArray logits = LargeWork.of(
                    (long) rows.size() * width, () -> kernels.extend(memory, both, places, bias, inputs, cache));
            cache.wrote(width);
            computed += rows.size() * width;
            return logits;
        }
    }

    /** What each token sees where rows differ in their prefixes, (B, 1, T, P + T); empty where it is all before it. */
    private NDArray bias(NDManager scope, int rows, int width) {
        if (injection.lengths().get(PrefixSite.DECODER) == null) {
            return scope.create(new float[0]);
        }
        int past = injection.prefixLength(PrefixSite.DECODER);
        int slots = past + width;
        float[] bias = new float[rows * width * slots];
        for (int r = 0; r < rows; r++) {
            for (int t = 0; t < width; t++) {
                int at = (r * width + t) * slots;
                Arrays.fill(bias, at + injection.prefixLength(PrefixSite.DECODER, r), at + past, UNSEEN);
                Arrays.fill(bias, at + past + t + 1, at + slots, UNSEEN);
            }
        }
        return scope.create(bias, new Shape(rows, 1, width, slots));
    }
}
