package dev.cloze.runtime.checkpoint.safetensors;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.file.SteadyFile;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import dev.cloze.runtime.checkpoint.tensor.FileRows;
import dev.cloze.runtime.checkpoint.tensor.Floats;
import dev.cloze.runtime.checkpoint.tensor.StoredRun;
import dev.cloze.runtime.checkpoint.tensor.TensorSize;
import dev.cloze.runtime.checkpoint.tensor.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A safetensors file, of which only the header is read at once: f32 tensors are views of the mapped file.
 *
 * <p>The layout: 8 bytes with the header's length N, N bytes of JSON, the tensors.
 */
public final class SafetensorsFile implements WeightsFile {

    private final Path path;
    private final SteadyFile file;
    private final SafetensorsHeader header;
    private final long dataStart;

    private SafetensorsFile(Path path, SteadyFile file, SafetensorsHeader header, long dataStart) {
        this.path = path;
        this.file = file;
        this.header = header;
        this.dataStart = dataStart;
    }

    @SuppressWarnings("MustBeClosedChecker")
    public static SafetensorsFile open(Path path) throws IOException {
        SteadyFile file = SteadyFile.open(path);
        try {
            long size = file.size();
            ByteBuffer text = read(file, Long.BYTES, headerLength(path, file, size));
            long dataStart = Long.BYTES + (long) text.remaining();
            SafetensorsHeader header = SafetensorsHeader.parse(path, text, size - dataStart);
            return new SafetensorsFile(path, file, header, dataStart);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static int headerLength(Path path, SteadyFile file, long size) throws IOException {
        if (size < Long.BYTES) {
            throw Damaged.file(path, "it has " + size + " bytes, which is no safetensors file");
        }
        long header = read(file, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        if (header < 2 || header > SafetensorsHeader.LIMIT) {
            throw Damaged.file(
                    path,
                    "its header would have " + Long.toUnsignedString(header) + " bytes; 2 to " + SafetensorsHeader.LIMIT
                            + " are allowed");
        }
        if (header > size - Long.BYTES) {
            throw Damaged.file(
                    path, "its header has " + header + " bytes but the file only " + size + " (it was cut short)");
        }
        return (int) header;
    }

    private static ByteBuffer read(SteadyFile file, long from, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes);
        file.read(from, buffer);
        return buffer.flip();
    }

    @Override
    public Set<String> names() {
        return header.tensors().keySet();
    }

    /** The notes written beside the tensors. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    @Override
    public ElementType type(String name) {
        return entry(name).type();
    }

    @Override
    public long[] shape(String name) {
        return entry(name).shape().clone();
    }

    @Override
    public FloatBuffer floats(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        long bytes = entry.end() - entry.begin();
        TensorSize.check(path, name, bytes);
        try {
            return Floats.of(entry.type(), file.map(dataStart + entry.begin(), bytes));
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public StoredRun run(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        return new StoredRun(
                entry.type(),
                entry.end() - entry.begin(),
                List.of(this, entry),
                (from, into) -> fill(name, dataStart + entry.begin() + from, into));
    }

    private void fill(String name, long from, ByteBuffer into) {
        try {
            file.read(from, into);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    @Override
    public Optional<FileRows> rows(String name) {
        SafetensorsHeader.Entry entry = entry(name);
        long[] shape = entry.shape();
        boolean onDisk = path.getFileSystem().equals(FileSystems.getDefault());
        return onDisk && shape.length == 2
                ? Optional.of(new FileRows(path, file.stamp(), entry.type(), dataStart + entry.begin(), shape))
                : Optional.empty();
    }

    private ClozeException unreadable(String name, IOException cause) {
        return new ClozeException(
                Problem.CHECKPOINT_CORRUPT, "The tensor \"" + name + "\" of " + path + " could not be read.", cause);
    }

    private SafetensorsHeader.Entry entry(String name) {
        return Objects.requireNonNull(header.tensors().get(name));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
