package dev.cloze.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;

/** A training with a checkpoint folder, for a process of its own, which may kill itself. */
@FunctionalInterface
interface KillableRun {

    /**
     * What comes of it, as a text that tells all bits of its numbers.
     *
     * @param steps hears the number of steps made after each of them
     */
    String run(Path folder, IntConsumer steps);

    /**
     * Runs it, and kills its own process after some steps.
     *
     * @param arguments the checkpoint folder, the file for what comes of it, and the steps
     */
    static void main(String[] arguments, KillableRun run) throws IOException {
        int last = Integer.parseInt(arguments[2]);
        String found = run.run(Path.of(arguments[0]), made -> {
            if (made == last) {
                kill();
            }
        });
        Files.writeString(Path.of(arguments[1]), found);
    }

    /** Tells each step's number. */
    static TrainingListener counting(IntConsumer steps) {
        int[] made = {0};
        return new TrainingListener() {
            @Override
            public void onStep(StepEnded step) {
                steps.accept(++made[0]);
            }
        };
    }

    /** SIGKILL, which leaves no hook and no finally any time; the platform's own command waits for nobody. */
    static void kill() {
        try {
            new ProcessBuilder(
                            "kill", "-9", Long.toString(ProcessHandle.current().pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            Runtime.getRuntime().halt(137);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
