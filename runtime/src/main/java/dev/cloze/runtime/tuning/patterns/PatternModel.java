package dev.cloze.runtime.tuning.patterns;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    public record Outcome(double devAccuracy, String diverged) {

        private static final String FILE = "outcome.json";
        private static final Gson GSON = new GsonBuilder()
                .serializeSpecialFloatingPointValues()
                .setPrettyPrinting()
                .create();

        /** Whether there is something to go on with. */
        boolean isSound() {
            return diverged.isEmpty();
        }

        /** Leaves it in a step's folder. */
        void write(Path result) throws IOException {
            Files.writeString(result.resolve(FILE), GSON.toJson(this));
        }

        /** What a step left. */
        static Outcome read(FinishedStep step) {
            Path file = step.file(FILE);
            try {
                return GSON.fromJson(Files.readString(file), Outcome.class);
            } catch (IOException e) {
                throw new ClozeException(
                        Problem.TRAINING_CHECKPOINT, "What the training put on disk cannot be read: " + file + ".", e);
            }
        }
    }

    /** Whether there is something to go on with. */
    public boolean isSound() {
        return outcome.isSound();
    }
}
