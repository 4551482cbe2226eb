package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PromptTuningOptions;
import dev.cloze.annotations.option.TuningOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** A short run of three prompts of one task, for a process of its own, which may kill itself. */
public final class PromptRuns {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    private PromptRuns() {}

    /**
     * Runs it, and kills its own process after some steps.
     *
     * @param arguments the checkpoint folder, the file for the answers, and the steps
     */
    public static void main(String[] arguments) throws Exception {
        KillableRun.main(arguments, PromptRuns::run);
    }

    /** The answers as a text that tells all bits of the probabilities. */
    public static String run(Path folder, IntConsumer steps) {
        StringBuilder answers = new StringBuilder();
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(Reviews.TASK)
                .method(TuningMethod.PROMPT_TUNING)
                .quiet()
                .options(options -> options.withMaxSteps(4)
                        .withBatchSize(4)
                        .withEvaluateEvery(2)
                        .withLearningRate(0.1)
                        .with(TuningOptions.PROMPT_LENGTH, 4)
                        .with(PromptTuningOptions.PROMPTS, 3)
                        .withCheckpointFolder(folder)
                        .withCheckpointEvery(2))
                .listener(KillableRun.counting(steps))
                .fit(EXAMPLES.subList(0, 8), EXAMPLES.subList(8, 16))) {
            EXAMPLES.forEach(example -> answers.append(
                            Double.toHexString(tuned.predict(example.input()).probability()))
                    .append('\n'));
        }
        return answers.toString();
    }
}
