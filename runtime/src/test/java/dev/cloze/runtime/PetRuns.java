package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** A short run of PET with a checkpoint every second step, for a process of its own, which may kill itself. */
public final class PetRuns {

    private PetRuns() {}

    /**
     * Runs it, and kills its own process after some steps.
     *
     * @param arguments the checkpoint folder, the file for the answers, and the steps
     */
    public static void main(String[] arguments) throws Exception {
        KillableRun.main(arguments, PetRuns::run);
    }

    /** The answers as a text that tells all bits of the probabilities. */
    public static String run(Path folder, IntConsumer steps) {
        StringBuilder answers = new StringBuilder();
        try (PromptPipeline<Review, Sentiment> tuned = Patterns.trainer(TuningMethod.PET)
                .options(options -> options.withCheckpointFolder(folder).withCheckpointEvery(2))
                .listener(KillableRun.counting(steps))
                .fit(Patterns.TRAIN, Patterns.DEV, Patterns.unlabeled(24))) {
            Patterns.DEV.forEach(example -> answers.append(
                            Double.toHexString(tuned.predict(example.input()).probability()))
                    .append('\n'));
        }
        return answers.toString();
    }
}
