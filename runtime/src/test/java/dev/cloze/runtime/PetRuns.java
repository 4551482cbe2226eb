package dev.cloze.runtime;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Reviews.Review;
import dev.cloze.runtime.Reviews.Sentiment;
import java.nio.file.Files;
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
        int last = Integer.parseInt(arguments[2]);
        String answers = run(Path.of(arguments[0]), made -> {
            if (made == last) {
                kill();
            }
        });
        Files.writeString(Path.of(arguments[1]), answers);
    }

    /** SIGKILL, which leaves no hook and no finally any time; the platform's own command waits for nobody. */
    static void kill() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (java.io.IOException e) {
            Runtime.getRuntime().halt(137);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The answers as a text that tells all bits of the probabilities. */
    public static String run(Path folder, IntConsumer steps) {
        int[] made = {0};
        TrainingListener counting = new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                steps.accept(++made[0]);
            }
        };
        StringBuilder answers = new StringBuilder();
        try (PromptPipeline<Review, Sentiment> tuned = Patterns.trainer(TuningMethod.PET)
                .options(options -> options.withCheckpointFolder(folder).withCheckpointEvery(2))
                .listener(counting)
                .fit(Patterns.TRAIN, Patterns.DEV, Patterns.unlabeled(24))) {
            Patterns.DEV.forEach(example -> answers.append(
                            Double.toHexString(tuned.predict(example.input()).probability()))
                    .append('\n'));
        }
        return answers.toString();
    }
}
