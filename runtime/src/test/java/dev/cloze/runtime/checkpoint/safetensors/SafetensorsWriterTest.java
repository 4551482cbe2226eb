package dev.cloze.runtime.checkpoint.safetensors;

import static dev.cloze.runtime.checkpoint.Fixtures.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.Fixtures;
import dev.cloze.runtime.checkpoint.file.AtomicFile;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgain() {
        float[] many = new float[40_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = (float) Math.sin(i);
        }
        Path file = folder.resolve("tuned.safetensors");
        SafetensorsWriter.write(
                file,
                Map.of(
                        "many", Tensor.of(many, 200, 200),
                        "one", Tensor.of(new float[] {-0.0f}),
                        "none", Tensor.of(new float[0], 3, 0),
                        "part \"ü\"", new Tensor(new long[] {2}, FloatBuffer.wrap(new float[] {9, 1, 2, 9}, 1, 2))),
                Map.of("format", "pt"));
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            assertThat(checkpoint.names()).containsExactly("many", "none", "one", "part \"ü\"");
            assertThat(checkpoint.shape("many")).containsExactly(200, 200);
            assertThat(Fixtures.array(checkpoint.floats("many"))).containsExactly(many);
            assertThat(checkpoint.shape("one")).isEmpty();
            assertThat(checkpoint.floats("one").get(0)).isEqualTo(-0.0f);
            assertThat(Fixtures.array(checkpoint.floats("part \"ü\""))).containsExactly(1, 2);
            assertThat(checkpoint.metadata()).containsExactly(Map.entry("format", "pt"));
        }
    }

    @Test
    void numbersThatAreReadWhenTheyAreAskedForAreReadOnceEachInTheOrderOfTheFile() {
        List<Integer> read = new ArrayList<>();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (int i = 8; i >= 0; i--) {
            int number = i;
            tensors.put("t" + i, Tensor.read(() -> numbers(read, number), 2, 1));
        }
        Path file = folder.resolve("later.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        assertThat(read).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            assertThat(Fixtures.array(checkpoint.floats("t5"))).containsExactly(5, -5);
        }
        Tensor wrong = Tensor.read(() -> new float[1], 2, 1);
        assertThatThrownBy(() -> SafetensorsWriter.write(file, Map.of("wrong", wrong), Map.of()))
                .hasMessageContaining("a shape of 2 elements was given 1 numbers");
    }

    private static float[] numbers(List<Integer> read, int number) {
        read.add(number);
        return new float[] {number, -number};
    }

    @Test
    void theDataIsAlignedAndTheBytesDoNotDependOnTheOrderOfTheMap() throws IOException {
        Map<String, Tensor> forth = new LinkedHashMap<>();
        Map<String, Tensor> back = new LinkedHashMap<>();
        for (int i = 0; i < 9; i++) {
            forth.put("t" + i, Tensor.of(new float[] {i}, 1));
            back.put("t" + (8 - i), Tensor.of(new float[] {8 - i}, 1));
        }
        SafetensorsWriter.write(folder.resolve("forth"), forth, Map.of());
        SafetensorsWriter.write(folder.resolve("back"), back, Map.of());
        byte[] bytes = Files.readAllBytes(folder.resolve("forth"));
        assertThat(bytes).isEqualTo(Files.readAllBytes(folder.resolve("back")));
        assertThat(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
    }

    @Test
    void aFailureLeavesTheFileThatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("tuned.safetensors"), "before");
        assertProblem(
                        Problem.DISK_WRITE,
                        () -> AtomicFile.write(file, output -> {
                            output.write(new byte[100]);
                            throw new IOException("No space left on device");
                        }))
                .hasMessageContaining("No space left on device")
                .hasMessageContaining(file.toString());
        assertThat(file).hasContent("before");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void aTensorHasAsManyNumbersAsItsShapeSays() {
        assertThatThrownBy(() -> Tensor.of(new float[3], 2, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 elements was given 3");
    }
}
