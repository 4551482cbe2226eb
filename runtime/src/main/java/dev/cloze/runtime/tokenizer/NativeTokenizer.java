package dev.cloze.runtime.tokenizer;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import ai.djl.util.Utils;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.engine.NativeLoadFailure;
import dev.cloze.runtime.engine.Network;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;

/**
 * One tokenizer of the native library, freed when it is closed and no thread is inside it any more.
 *
 * <p>The library's own functions are called, not DJL's {@code HuggingFaceTokenizer}: that one fetches seven more arrays
 * and objects of each encoding, cuts texts at 512 tokens unless told otherwise, and asks the network where it runs.
 */
final class NativeTokenizer implements AutoCloseable {

    private static final TokenizersLibrary LIBRARY = TokenizersLibrary.LIB;
    private static final int CLOSED = Integer.MIN_VALUE / 2;

    /** Which build DJL loads. Where it sees a GPU it would fetch one with CUDA from the network, which tokenizers make no use of. */
    private static final String FLAVOR = "RUST_FLAVOR";

    private final long handle;
    private final AtomicInteger users = new AtomicInteger(); // below zero once closed
    private final AtomicBoolean freed = new AtomicBoolean();

    /** The library must be loaded. */
    NativeTokenizer(String tokenizerJson) {
        handle = LIBRARY.createTokenizerFromString(tokenizerJson);
    }

    /**
     * Loads the library if nobody has.
     *
     * @throws ClozeException TOKENIZER_LIBRARY if it cannot be
     */
    static synchronized void load() {
        Network.restrictDjl();
        boolean chosen = Utils.getEnvOrSystemProperty(FLAVOR) != null;
        if (!chosen) {
            System.setProperty(FLAVOR, "cpu");
        }
        try {
            LibUtils.checkStatus();
        } catch (RuntimeException | LinkageError e) {
            throw notLoaded(e);
        } finally {
            if (!chosen) {
                System.clearProperty(FLAVOR);
            }
        }
    }

    private static ClozeException notLoaded(Throwable failure) {
        String cure = NativeLoadFailure.reason(failure)
                .orElse(
                        "\n  Put ai.djl.huggingface:tokenizers on the class path, with the part for this machine, and unset"
                                + " RUST_LIBRARY_PATH.\n  If it could not be unpacked, set DJL_CACHE_DIR to a folder with room that"
                                + " this user may write to.");
        return new ClozeException(
                Problem.TOKENIZER_LIBRARY,
                "The tokenizers library could not be loaded: " + NativeLoadFailure.innermost(failure) + cure,
                failure);
    }

    /** The ids of a text without unpaired surrogates, which the library cannot take. */
    int[] encode(String text) {
        return use(tokenizer -> {
            long encoding = LIBRARY.encode(tokenizer, text, false);
            try {
                long[] wide = LIBRARY.getTokenIds(encoding);
                int[] ids = new int[wide.length];
                for (int i = 0; i < ids.length; i++) {
                    ids[i] = (int) wide[i];
                }
                return ids;
            } finally {
                LIBRARY.deleteEncoding(encoding);
            }
        });
    }

    String decode(long[] ids) {
        return use(tokenizer -> LIBRARY.decode(tokenizer, ids, false));
    }

    private <T> T use(LongFunction<T> call) {
        if (users.incrementAndGet() < 0) {
            leave();
            throw closed();
        }
        try {
            return call.apply(handle);
        } finally {
            leave();
        }
    }

    /** Throws if this is closed already. */
    void requireOpen() {
        if (users.get() < 0) {
            throw closed();
        }
    }

    private static ClozeException closed() {
        return new ClozeException(Problem.PIPELINE_CLOSED, """
                The tokenizer was used after it had been closed.
                  It closes with the pipeline it belongs to: make the call inside the try block.""");
    }

    private void leave() {
        if (users.decrementAndGet() == CLOSED) {
            free();
        }
    }

    @Override
    public void close() {
        int before = users.getAndUpdate(count -> count < 0 ? count : count + CLOSED);
        if (before == 0) {
            free();
        }
    }

    private void free() {
        if (freed.compareAndSet(false, true)) {
            LIBRARY.deleteTokenizer(handle);
        }
    }
}
