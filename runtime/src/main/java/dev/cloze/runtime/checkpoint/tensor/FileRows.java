package dev.cloze.runtime.checkpoint.tensor;

import dev.cloze.runtime.checkpoint.file.SteadyFile;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Rows of a matrix that are read out of its file when they are asked for, as long as the file stays what it was; for many threads. */
public final class FileRows implements Closeable {

    private final Path path;
    private final List<Object> stamp;
    private final ElementType type;
    private final long from;
    private final long rows;
    private final int columns;
    private @Nullable RandomAccessFile file; // a channel would be closed by the interrupt of any thread that reads

    /**
     * Where they are; the file is opened when it is first needed.
     *
     * @param stamp of the file when its head was read
     * @param from the first byte of the first row
     * @param shape how many rows there are, and how many numbers each has
     */
    public FileRows(Path path, List<Object> stamp, ElementType type, long from, long[] shape) {
        this.path = path;
        this.stamp = List.copyOf(stamp);
        this.type = type;
        this.from = from;
        this.rows = shape[0];
        this.columns = Math.toIntExact(shape[1]);
    }

    /** How many numbers a row has. */
    public int columns() {
        return columns;
    }

    /** Opens the file, if it is not; an IOException if it is no longer what it was. */
    public synchronized void open() throws IOException {
        opened();
        check();
    }

    private RandomAccessFile opened() throws IOException {
        if (file == null) {
            file = new RandomAccessFile(path.toFile(), "r");
        }
        return file;
    }

    /** Puts these rows one after the other; an IOException if they cannot be read, or are no longer what they were. */
    public synchronized void read(long[] asked, FloatBuffer into) throws IOException {
        RandomAccessFile opened = opened();
        byte[] row = new byte[columns * type.bytes()];
        for (long each : asked) {
            opened.seek(from + Objects.checkIndex(each, rows) * row.length);
            opened.readFully(row);
            into.put(Floats.of(type, ByteBuffer.wrap(row)));
        }
        check();
    }

    /** Once its bytes are there: what had been written before is seen in any case. */
    private void check() throws IOException {
        if (!SteadyFile.stamp(path).equals(stamp)) {
            throw new IOException(path + " has changed since it was read");
        }
    }

    @Override
    public synchronized void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
