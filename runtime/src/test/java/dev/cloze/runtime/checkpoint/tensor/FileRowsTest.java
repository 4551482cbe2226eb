package dev.cloze.runtime.checkpoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRowsTest {

    @TempDir
    Path folder;

    private FileRows rows(Path file) {
        Tensor before = Tensor.of(new float[] {9, 9, 9}, 3);
        Tensor matrix = Tensor.of(new float[] {0, 1, 2, 3, 4, 5}, 3, 2);
        SafetensorsWriter.write(file, Map.of("before", before, "matrix", matrix, "row", before), Map.of());
        try (Checkpoint checkpoint = Checkpoint.openFile(file)) {
            assertThat(checkpoint.rows("before")).isEmpty();
            return checkpoint.rows("matrix").orElseThrow();
        }
    }

    private static float[] read(FileRows rows, long... asked) throws IOException {
        FloatBuffer numbers = FloatBuffer.allocate(asked.length * rows.columns());
        rows.read(asked, numbers);
        return numbers.array();
    }

    @Test
    void rowsAreReadInTheOrderAskedAfterTheCheckpointIsClosed() throws IOException {
        try (FileRows rows = rows(folder.resolve("one.safetensors"))) {
            assertThat(read(rows, 2, 0, 2)).containsExactly(4, 5, 0, 1, 4, 5);
            assertThat(read(rows)).isEmpty();
        }
    }

    @Test
    void aRowThatIsNotThereIsNoOtherTensors() throws IOException {
        try (FileRows rows = rows(folder.resolve("one.safetensors"))) {
            assertThatThrownBy(() -> read(rows, 3)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> read(rows, -1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aFileWrittenToIsNoLongerRead() throws IOException {
        Path file = folder.resolve("one.safetensors");
        try (FileRows rows = rows(file)) {
            rows.open();
            Files.setLastModifiedTime(file, FileTime.fromMillis(1));
            assertThatIOException().isThrownBy(() -> read(rows, 1)).withMessageContaining("has changed");
            assertThatIOException().isThrownBy(rows::open).withMessageContaining("has changed");
        }
    }

    @Test
    void aFileCutShortIsAnExceptionRatherThanASignal() throws IOException {
        Path file = folder.resolve("one.safetensors");
        try (FileRows rows = rows(file)) {
            rows.open();
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(10);
            }
            assertThatThrownBy(() -> read(rows, 1)).isInstanceOf(EOFException.class);
        }
    }
}
