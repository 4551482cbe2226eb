package dev.cloze.runtime.engine;

import ai.djl.engine.EngineException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.function.Supplier;

/** What libtorch failed at, with what it says of it. */
public final class EngineFailure {

    private EngineFailure() {}

    /** {@code ENGINE_FAILURE} of what is said in a sentence. */
    static ClozeException of(String sentence, EngineException cause) {
        return new ClozeException(Problem.ENGINE_FAILURE, sentence + "\n  " + cause.getMessage(), cause);
    }

    /**
     * What is made outside of kernels, such as arrays for weights.
     *
     * @param sentence says what has failed where libtorch does, most often for want of memory
     * @throws ClozeException ENGINE_FAILURE with that sentence
     */
    public static <T> T told(String sentence, Supplier<T> made) {
        try {
            return made.get();
        } catch (EngineException e) {
            throw of(sentence, e);
        }
    }
}
