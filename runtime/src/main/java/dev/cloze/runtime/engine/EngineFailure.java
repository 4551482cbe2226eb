package dev.cloze.runtime.engine;

import ai.djl.engine.EngineException;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/** What libtorch failed at, with what it says of it. */
final class EngineFailure {

    private EngineFailure() {}

    /** {@code ENGINE_FAILURE} of what is said in a sentence. */
    static ClozeException of(String sentence, EngineException cause) {
        return new ClozeException(Problem.ENGINE_FAILURE, sentence + "\n  " + cause.getMessage(), cause);
    }
}
