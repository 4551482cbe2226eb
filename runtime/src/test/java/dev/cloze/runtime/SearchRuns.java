package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** A short search for templates with a checkpoint every second step, for a process of its own, which may kill itself. */
public final class SearchRuns {

    static final String T5 = "src/test/resources/template-search/t5";
    static final List<Labeled<Review, Sentiment>> TRAIN = Reviews.examples().subList(0, 8);
    static final List<Labeled<Review, Sentiment>> DEV = Reviews.examples().subList(8, 16);
    static final TemplateSearch SEARCH =
            TemplateSearch.with(T5).withBeam(8).withCandidates(3).withSteps(4);

    private SearchRuns() {}

    static ClassificationTask<Review, Sentiment> task(TuningMethod method) {
        return Reviews.builder().tuning(TaskTuning.of(method, "cloze-tiny-en")).build();
    }

    static PromptTrainer<Review, Sentiment> trainer(TuningMethod method) {
        return PromptTrainer.of(task(method)).quiet().options(options -> options.withMaxSteps(6)
                .withBatchSize(4)
                .withLearningRate(1e-3)
                .withEvaluateEvery(2));
    }

    /**
     * Runs it, and kills its own process after some steps.
     *
     * @param arguments the checkpoint folder, the file for what is found, and the steps
     */
    public static void main(String[] arguments) throws Exception {
        KillableRun.main(arguments, SearchRuns::run);
    }

    /** What is found, and all bits of its numbers. */
    public static String run(Path folder, IntConsumer steps) {
        return found(trainer(TuningMethod.PROMPT_FINE_TUNING), folder, steps, trainer -> trainer.searchTemplates(
                        SEARCH, TRAIN, DEV)
                .choices());
    }

    /** A search's choices, a line each, with a checkpoint every second step. */
    static String found(
            PromptTrainer<Review, Sentiment> trainer,
            Path folder,
            IntConsumer steps,
            Function<PromptTrainer<Review, Sentiment>, List<?>> search) {
        return search
                .apply(trainer.options(
                                options -> options.withCheckpointFolder(folder).withCheckpointEvery(2))
                        .listener(KillableRun.counting(steps)))
                .stream()
                .map(choice -> choice + "\n")
                .collect(Collectors.joining());
    }
}
