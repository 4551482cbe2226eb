package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.training.ChildJvm;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiedHeadTest {

    private static final long ROWS = 20_000;
    private static final long COLUMNS = 1_000;
    private static final long MATRIX = 2 * ROWS * COLUMNS;

    @TempDir
    Path folder;

    /** One matrix of float32 would take 80 MB. */
    @Test
    void aHeadIsComparedInAHeapThatHoldsNoMatrix() throws Exception {
        Path tied = write("tied.safetensors", 0);
        Path own = write("own.safetensors", 0x3f80); // 1 in bf16
        ChildJvm child = ChildJvm.startWithHeap("48m", TiedHeadRuns.class, List.of(tied.toString(), own.toString()));
        assertThat(child.output()).contains("tied.safetensors: tied", "own.safetensors: own");
    }

    /** Two matrices of zeros, of which the file system stores no more than the last number. */
    private Path write(String name, int last) throws IOException {
        String matrix = "{\"dtype\": \"BF16\", \"shape\": [%d, %d], \"data_offsets\": [%d, %d]}";
        String header = "{\"lm_head.weight\": " + matrix.formatted(ROWS, COLUMNS, 0, MATRIX)
                + ", \"model.embed_tokens.weight\": " + matrix.formatted(ROWS, COLUMNS, MATRIX, 2 * MATRIX) + "}";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        Path path = folder.resolve(name);
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(text.length)
                    .array());
            file.write(text);
            file.setLength(Long.BYTES + text.length + 2 * MATRIX);
            file.seek(file.length() - 2);
            file.write(last & 0xff);
            file.write(last >> 8);
        }
        return path;
    }
}
