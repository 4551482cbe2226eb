package dev.cloze.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.checkpoint.npy.NpyFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A thread that was interrupted before reads weights like any other, and stays interrupted. */
class InterruptedThreadTest {

    @AfterEach
    void clear() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @CsvSource({
        "all-types.safetensors, all-types.json",
        "zipped.bin, views.json",
        "legacy.bin, views.json",
    })
    void weightsAreRead(String file, String expected) throws IOException {
        Path path = Fixtures.path(file);
        var shapes = Fixtures.shapes(expected);
        Thread.currentThread().interrupt();
        try (Checkpoint checkpoint = Checkpoint.openFile(path)) {
            for (String name : shapes.keySet()) {
                AtomicLong bytes = new AtomicLong();
                checkpoint.read(name, ByteBuffer.allocateDirect(20), (stretch, type) -> {
                    bytes.addAndGet(stretch.remaining());
                });
                assertThat(Fixtures.array(checkpoint.floats(name)))
                        .as(name)
                        .containsExactly(Fixtures.floats(expected, name));
                assertThat(bytes.get() > 0)
                        .as(name)
                        .isEqualTo(checkpoint.floats(name).hasRemaining());
            }
        }
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void anArrayIsRead(@TempDir Path folder) throws IOException {
        byte[] header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }\n".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer array = ByteBuffer.allocate(10 + header.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        array.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        array.putShort((short) header.length).put(header).putFloat(1.5f).putFloat(-2);
        Path file = Files.write(folder.resolve("two.npy"), array.array());
        Thread.currentThread().interrupt();
        assertThat(Fixtures.array(NpyFile.read(file).data())).containsExactly(1.5f, -2);
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }
}
