package dev.cloze.runtime.tuning.patterns;

import dev.cloze.runtime.tuning.plan.FinishedStep;

/**
 * A model that was trained on one template.
 *
 * @param name of its step: {@code pattern-1-2} is the second model of the first template
 * @param pattern the place of its template, from 0
 * @param step what it left on disk
 * @param outcome how its training went
 */
public record PatternModel(String name, int pattern, FinishedStep step, Outcome outcome) {

    static final String SCORES = "scores.bin";
    static final String WEIGHTS = "weights.safetensors";

    /**
     * How a training went.
     *
     * @param devAccuracy of its best weights; NaN without development examples
     * @param diverged what was told, or an empty text where it did not diverge
     */
    public record Outcome(double devAccuracy, String diverged) {}

    /** Whether there is something to go on with. */
    public boolean isSound() {
        return outcome.diverged().isEmpty();
    }
}
