package dev.cloze.runtime.checkpoint.torch;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static dev.cloze.runtime.checkpoint.Fixtures.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchFaultsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "evil-os-system.bin, os.system",
        "evil-posix.bin, posix.system",
        "evil-protocol-4.bin, posix.system",
        "evil-inst.bin, os.system",
        "evil-eval.bin, builtins.eval",
        "evil-legacy.bin, posix.system"
    })
    void aPickleThatNamesCodeIsRefusedAndNothingRuns(String file, String named) {
        assertProblem(Problem.CHECKPOINT_UNSAFE, () -> Checkpoint.openFile(path(file)))
                .hasMessageContaining("names " + named + ",")
                .hasMessageContaining("nothing was run");
        assertThat(Path.of("was-run")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"bomb-text.bin, a text longer than itself", "bomb-expanded.bin, repeats its storage"})
    void aSmallFileCannotAskForMuchMemory(String file, String why) {
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(path(file)))
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zipped.bin", "legacy.bin"})
    void aFileCutShortIsRefusedWhereverItIsCut(String name) throws IOException {
        byte[] whole = Files.readAllBytes(path(name));
        Path file = folder.resolve("pytorch_model.bin");
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zipped.bin", "legacy.bin", "all-types.safetensors"})
    void damagedBytesGiveAProblemOrNumbersButNeverACrash(String name) throws IOException {
        byte[] whole = Files.readAllBytes(path(name));
        Path file = folder.resolve(name);
        Random random = new Random(17);
        for (int round = 0; round < 300; round++) {
            byte[] damaged = whole.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
                for (String tensor : checkpoint.names()) {
                    if (checkpoint.type(tensor).startsWith("f")) {
                        checkpoint.floats(tensor);
                    }
                }
            } catch (ClozeException expected) {
                assertThat(expected.problem().name()).startsWith("CHECKPOINT_");
            }
        }
    }

    @Test
    void somethingElseIsNoCheckpoint() throws IOException {
        Path file = Files.writeString(folder.resolve("pytorch_model.bin"), "<html>Sign in</html>");
        assertProblem(Problem.CHECKPOINT_CORRUPT, () -> Checkpoint.openFile(file))
                .hasMessageContaining("torch.save");
    }

    @Test
    void aViewThatReachesOutsideItsStorageIsRefused() {
        var storage = new TorchTensor.Storage(ElementType.F32, "0", 4);
        assertThat(new TorchTensor(storage, 0, new long[] {2, 2}, new long[] {1, 2}).contiguous())
                .isFalse();
        assertThatThrownBy(() -> new TorchTensor(storage, 1, new long[] {2, 2}, new long[] {2, 1}))
                .hasMessageContaining("outside its storage");
        assertThatThrownBy(() -> new TorchTensor(storage, 0, new long[] {2, 3}, new long[] {Long.MAX_VALUE, 1}))
                .isInstanceOf(RuntimeException.class);
    }
}
