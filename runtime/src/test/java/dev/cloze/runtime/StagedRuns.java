package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.LmBffOptions;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.TaskTuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Short trainings of several stages with a checkpoint every second step, for a process of its own that is killed in one of them. */
public final class StagedRuns {

    /** A training. */
    public enum Run {
        PET,
        PET_ENSEMBLE,
        IPET,
        IPET_ZERO_SHOT,
        LM_BFF,
        FINE_TUNING,
        SETFIT
    }

    /** Each of the labellings needs several stretches, and several writes. */
    private static final int TEXTS = 1600;

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();

    private StagedRuns() {}

    /**
     * Runs it, and kills its own process where it comes to a stage; otherwise writes the answers.
     *
     * @param arguments the run, the checkpoint folder, the file for the answers, and the stage as a pattern of {@link Stages}
     */
    public static void main(String[] arguments) throws Exception {
        Path answers = Path.of(arguments[2]);
        Stages stages = new Stages(Path.of(arguments[1]), arguments[3], answers.resolveSibling("killed"));
        String found = run(Run.valueOf(arguments[0]), stages.folder(), stages);
        java.nio.file.Files.writeString(answers, found);
    }

    /** The answers as a text that tells all bits of the probabilities. */
    public static String run(Run run, Path folder, Stages stages) {
        PromptTrainer<Review, Sentiment> trainer = trainer(run)
                .options(options -> options.withCheckpointFolder(folder).withCheckpointEvery(2))
                .listener(stages.listener());
        StringBuilder answers = new StringBuilder();
        try (PromptPipeline<Review, Sentiment> tuned = fit(run, trainer, stages)) {
            EXAMPLES.forEach(example -> answers.append(
                            Double.toHexString(tuned.predict(example.input()).probability()))
                    .append('\n'));
        }
        return answers.toString();
    }

    private static PromptTrainer<Review, Sentiment> trainer(Run run) {
        return switch (run) {
            case PET, PET_ENSEMBLE -> Patterns.trainer(TuningMethod.PET);
            case IPET, IPET_ZERO_SHOT ->
                Patterns.trainer(TuningMethod.IPET).options(options -> options.with(PetOptions.GENERATIONS, 2));
            case LM_BFF ->
                brief(TuningMethod.LM_BFF, "{mask}! {text}", "{text} So {mask}.")
                        .options(options -> options.with(LmBffOptions.SETS, 2).with(LmBffOptions.DEV_SETS, 1));
            case FINE_TUNING -> brief(TuningMethod.FINE_TUNING);
            case SETFIT -> brief(TuningMethod.SETFIT);
        };
    }

    private static PromptTrainer<Review, Sentiment> brief(TuningMethod method, String... more) {
        var task = Reviews.builder().tuning(TaskTuning.of(method, "cloze-tiny-en"));
        for (String template : more) {
            task.template(template);
        }
        return PromptTrainer.of(task.build()).quiet().options(options -> options.withMaxSteps(6)
                .withBatchSize(4)
                .withLearningRate(1e-3)
                .withEvaluateEvery(3));
    }

    private static PromptPipeline<Review, Sentiment> fit(
            Run run, PromptTrainer<Review, Sentiment> trainer, Stages stages) {
        List<Labeled<Review, Sentiment>> train = Patterns.TRAIN;
        List<Labeled<Review, Sentiment>> dev = Patterns.DEV;
        return switch (run) {
            case PET -> trainer.fit(train, dev, () -> told(TEXTS, stages));
            case IPET -> trainer.fit(train, dev, () -> told(80, stages));
            case IPET_ZERO_SHOT -> trainer.fit(List.of(), List.of(), () -> told(80, stages));
            case PET_ENSEMBLE -> trainer.fitEnsemble(train, dev);
            case LM_BFF, FINE_TUNING, SETFIT -> trainer.fit(train, dev);
        };
    }

    /** Texts that tell when they are read. */
    private static Stream<Review> told(int count, Stages stages) {
        List<Review> texts = new ArrayList<>(Patterns.unlabeled(count));
        return java.util.stream.IntStream.range(0, count).mapToObj(i -> {
            stages.come("text " + (i + 1));
            return texts.get(i);
        });
    }
}
