package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Two models of a task, for a process with a small disk of its own, which is full when the second begins. */
public final class FullDiskRuns {

    private static final List<Labeled<Review, Sentiment>> EXAMPLES = Reviews.examples();
    private static final int STEPS = 3;

    private FullDiskRuns() {}

    /**
     * Fills the disk, is refused, makes room again, and goes on; prints what it was told and then its answers.
     *
     * @param arguments a folder on the small disk
     */
    public static void main(String[] arguments) {
        Path disk = Path.of(arguments[0]);
        Path filler = disk.resolve("filler");
        int[] made = {0};
        TrainingListener filling = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                if (++made[0] == STEPS + 1) {
                    fill(filler);
                }
            }
        };
        try {
            System.out.println("not told: " + run(disk.resolve("run"), filling));
        } catch (ClozeException e) {
            System.out.println("told: " + e.problem());
        }
        filler.toFile().delete();
        System.out.println("first: " + Files.exists(disk.resolve("run/model-1/result")));
        System.out.println("answers: " + run(disk.resolve("run"), filling));
        System.out.println("steps: " + made[0]);
    }

    private static void fill(Path filler) {
        byte[] zeros = new byte[1 << 12];
        try (OutputStream out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException full) {
            if (!Files.exists(filler)) {
                throw new UncheckedIOException(full);
            }
        }
    }

    /** The answers as a text that tells all bits of the probabilities. */
    public static String run(Path folder, TrainingListener listener) {
        ClassificationTask<Review, Sentiment> task = Reviews.builder()
                .template("{mask}! {text}")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        StringBuilder answers = new StringBuilder();
        try (PromptPipeline<Review, Sentiment> tuned = PromptTrainer.of(task)
                .quiet()
                .options(options -> options.withMaxSteps(STEPS)
                        .withBatchSize(4)
                        .withLearningRate(1e-3)
                        .withCheckpointFolder(folder))
                .listener(listener)
                .fit(EXAMPLES)) {
            EXAMPLES.forEach(example -> answers.append(
                            Double.toHexString(tuned.predict(example.input()).probability()))
                    .append(' '));
        }
        return answers.toString().strip();
    }
}
