package dev.cloze.runtime.checkpoint.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Reading while threads are interrupted in the midst of it, which closes the channel that they share. */
@Timeout(60)
class SteadyFileTest {

    private static final int SIZE = 1 << 20;
    private static final int READS = 400;

    @TempDir
    Path folder;

    private Path written(String name, int seed) throws IOException {
        byte[] bytes = new byte[SIZE];
        new Random(seed).nextBytes(bytes);
        return Files.write(folder.resolve(name), bytes);
    }

    /** Runs it in a thread that is interrupted all the time. */
    private static <T> T interrupted(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task);
        thread.start();
        while (!task.isDone()) {
            thread.interrupt();
            Thread.onSpinWait();
        }
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    @Test
    void whatIsReadIsWholeForTheInterruptedAndTheOthers() throws Exception {
        Path path = written("whole", 1);
        ByteBuffer whole = ByteBuffer.wrap(Files.readAllBytes(path));
        try (SteadyFile file = SteadyFile.open(path)) {
            FutureTask<Boolean> other = new FutureTask<>(() -> reads(file, whole));
            Thread thread = new Thread(other);
            thread.start();
            assertThat(interrupted(() -> reads(file, whole) && Thread.interrupted()))
                    .isTrue();
            assertThat(other.get()).isTrue();
        }
    }

    private static boolean reads(SteadyFile file, ByteBuffer whole) throws IOException {
        ByteBuffer into = ByteBuffer.allocateDirect(SIZE - 7);
        ByteBuffer expected = whole.slice(7, SIZE - 7);
        boolean same = true;
        for (int i = 0; i < READS; i++) {
            file.read(7, into.clear());
            same &= into.flip().equals(expected) && file.map(7, SIZE - 7).equals(expected);
        }
        return same;
    }

    @Test
    void aFileThatHasTakenItsPlaceIsNotReadInItsStead() throws Exception {
        Path path = written("place", 2);
        Path other = written("other", 3);
        try (SteadyFile file = SteadyFile.open(path)) {
            Files.move(other, path, StandardCopyOption.REPLACE_EXISTING);
            ByteBuffer into = ByteBuffer.allocate(SIZE);
            assertThatThrownBy(() -> interrupted(() -> {
                        while (true) {
                            file.read(0, into.clear());
                        }
                    }))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith("has changed since it was opened");
        }
    }

    @Test
    void itsEndAndItsClosingAreTold() throws IOException {
        Path path = written("end", 4);
        SteadyFile file = SteadyFile.open(path);
        assertThat(file.size()).isEqualTo(SIZE);
        assertThatThrownBy(() -> file.read(SIZE - 1, ByteBuffer.allocate(2))).isInstanceOf(EOFException.class);
        file.close();
        assertThatThrownBy(() -> file.read(0, ByteBuffer.allocate(2))).isInstanceOf(ClosedChannelException.class);
    }
}
