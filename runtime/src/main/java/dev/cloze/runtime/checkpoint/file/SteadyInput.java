package dev.cloze.runtime.checkpoint.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** A file from its start, which knows how far it has been read and how much is left. */
public final class SteadyInput extends InputStream {

    private final SteadyFile file;
    private final long end;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).flip();
    private long position;

    /** Reads at most the first {@code limit} bytes. */
    public SteadyInput(SteadyFile file, long limit) throws IOException {
        this.file = file;
        this.end = Math.min(file.size(), limit);
    }

    /** How many bytes have been read. */
    public long position() {
        return position;
    }

    @Override
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, end - position);
    }

    @Override
    public int read() throws IOException {
        if (!fill()) {
            return -1;
        }
        position++;
        return buffer.get() & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        position += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (!buffer.hasRemaining()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - position));
            file.read(position, buffer);
            buffer.flip();
        }
        return buffer.hasRemaining();
    }
}
