package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training of the command line that is asked to end, as by Ctrl-C. */
class StoppedTrainTest {

    private static final int SIGTERM = 143;

    @TempDir
    private Path folder;

    @Test
    void itSavesNothingUnfinishedAndSaysHowToGoOn() throws Exception {
        Path output = folder.resolve("tuned");
        Path unfinished = folder.resolve("tuned.unfinished");
        Process process = start(output);
        await(process, unfinished);

        process.destroy();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM);
        assertThat(errors()).contains("Stopped. The same command goes on from what is in " + unfinished + ".");
        assertThat(output).doesNotExist();
        assertThat(steps(unfinished)).isNotEmpty();
    }

    private Process start(Path output) throws IOException {
        Path texts = Files.writeString(
                folder.resolve("texts.csv"),
                "text,label\na lovely film,good\na dull mess,bad\ngreat fun,good\nawful,bad\n");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp"));
        command.addAll(List.of(CommandRun.classPath(), Main.class.getName(), "train", "--model", "cloze-tiny-en"));
        command.addAll(List.of("--template", "{text} It was {mask}.", "--label", "good=good", "--label", "bad=bad"));
        command.addAll(List.of("--steps", "100000", "--set", "checkpointEvery=2", "--output", output.toString()));
        command.add(texts.toString());
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("errors.txt").toFile())
                .start();
    }

    private void await(Process process, Path unfinished) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        while (steps(unfinished).isEmpty()) {
            assertThat(process.isAlive()).as(errors()).isTrue();
            assertThat(System.nanoTime()).as("it makes progress").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private static List<Path> steps(Path unfinished) throws IOException {
        if (!Files.exists(unfinished)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(unfinished)) {
            return files.filter(file -> file.getFileName().toString().startsWith("step-"))
                    .toList();
        }
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors.txt"));
    }
}
