package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;

/** A short search for label words with a checkpoint every second step, for a process of its own, which may kill itself. */
public final class WordRuns {

    static final int KEPT = 3;
    static final int STEPS = 4;
    static final List<Labeled<Review, Sentiment>> TRAIN = SearchRuns.TRAIN;
    static final List<Labeled<Review, Sentiment>> DEV = SearchRuns.DEV;
    static final WordSearch SEARCH =
            WordSearch.byCombination().withCandidates(10).withKept(KEPT);

    private WordRuns() {}

    static PromptTrainer<Review, Sentiment> trainer(TuningMethod method) {
        return SearchRuns.trainer(method).options(options -> options.withMaxSteps(STEPS));
    }

    /**
     * Runs it, and kills its own process after some steps.
     *
     * @param arguments the checkpoint folder, the file for what is found, and the steps
     */
    public static void main(String[] arguments) throws Exception {
        KillableRun.main(arguments, WordRuns::run);
    }

    /** What is found, and all bits of its numbers. */
    public static String run(Path folder, IntConsumer steps) {
        return SearchRuns.found(trainer(TuningMethod.PROMPT_FINE_TUNING), folder, steps, trainer -> trainer.searchWords(
                        SEARCH, TRAIN, DEV)
                .choices());
    }
}
