package dev.cloze.runtime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cloze.runtime.FullDiskRuns;
import dev.cloze.runtime.TrainingListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk of its own that is full between two models: a file system in memory, which is gone with its process. */
class FullDiskTest {

    private static final String MOUNT = "mount -t tmpfs -o size=160m none \"$0\"";

    @TempDir
    Path folder;

    @Test
    void theSecondModelIsRefusedAndTheFirstIsKeptForARunWithRoom() throws Exception {
        assumeThat(isAllowed())
                .as("no file system of its own can be mounted here")
                .isTrue();
        String whole = FullDiskRuns.run(folder.resolve("whole"), new TrainingListener() {});
        ChildJvm child = ChildJvm.startBehind(
                List.of("unshare", "-r", "-m", "sh", "-c", MOUNT + " && exec \"$@\"", disk()),
                FullDiskRuns.class,
                List.of(disk()));
        assertThat(child.output())
                .contains("told: DISK_WRITE", "first: true", "answers: " + whole)
                // The first model's three were made once; of the second's one had no room for its checkpoint.
                .contains("steps: 7")
                .contains("model-1 is done already");
    }

    private String disk() {
        return folder.resolve("disk").toString();
    }

    private boolean isAllowed() throws InterruptedException {
        assertThat(folder.resolve("disk").toFile().mkdir()).isTrue();
        try {
            Process mounted = new ProcessBuilder("unshare", "-r", "-m", "sh", "-c", MOUNT, disk())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return mounted.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
