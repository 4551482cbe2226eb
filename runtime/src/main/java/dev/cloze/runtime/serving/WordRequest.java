package dev.cloze.runtime.serving;

import dev.cloze.runtime.ClozeAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An input that waits for its words: the task's own, or others. */
final class WordRequest extends Request<ClozeAnswer> {

    private final Optional<List<String>> candidates;

    WordRequest(Map<String, String> values, Optional<List<String>> candidates) {
        super(values, 1);
        this.candidates = candidates;
    }

    /** What is ranked in the place of the task's own words, if anything is. */
    Optional<List<String>> candidates() {
        return candidates;
    }
}
