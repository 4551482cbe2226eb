package dev.cloze.runtime.checkpoint.file;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * A file that is read at any place by many threads, interrupted ones too.
 *
 * <p>The interrupt of any thread that reads closes the channel for all of them. Then the file is opened anew, if it still is what
 * it was; who was interrupted is so afterwards.
 */
public final class SteadyFile implements Closeable {

    private interface Work<T> {
        T on(FileChannel open) throws IOException;
    }

    private final Path path;
    private final List<Object> stamp;
    private FileChannel channel;
    private boolean closed;

    private SteadyFile(Path path, List<Object> stamp, FileChannel channel) {
        this.path = path;
        this.stamp = stamp;
        this.channel = channel;
    }

    @SuppressWarnings("MustBeClosedChecker")
    public static SteadyFile open(Path path) throws IOException {
        List<Object> stamp = stamp(path); // of what is opened next, or of what has been replaced by it
        return new SteadyFile(path, stamp, FileChannel.open(path, StandardOpenOption.READ));
    }

    /** What differs once a file has been written to, or another has taken its place. */
    public static List<Object> stamp(Path path) throws IOException {
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        return List.of(file.size(), file.lastModifiedTime(), String.valueOf(file.fileKey()));
    }

    /** That of this file when it was opened. */
    public List<Object> stamp() {
        return stamp;
    }

    /** How many bytes it has. */
    public long size() throws IOException {
        return steadily(FileChannel::size);
    }

    /** Fills the buffer from there on; a file that ends before is an EOFException. */
    public void read(long from, ByteBuffer into) throws IOException {
        long shift = from - into.position();
        steadily(open -> {
            while (into.hasRemaining()) {
                if (open.read(into, shift + into.position()) < 0) {
                    throw new EOFException("the file ended while it was read");
                }
            }
            return into;
        });
    }

    /** A view of so many bytes from there on, which outlives the file's closing. */
    public MappedByteBuffer map(long from, long bytes) throws IOException {
        return steadily(open -> open.map(MapMode.READ_ONLY, from, bytes));
    }

    private <T> T steadily(Work<T> work) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                FileChannel open = opened();
                try {
                    return work.on(open);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted(); // this thread's interrupt or another's
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @SuppressWarnings("MustBeClosedChecker")
    private synchronized FileChannel opened() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!channel.isOpen()) {
            FileChannel again = FileChannel.open(path, StandardOpenOption.READ);
            if (!stamp(path).equals(stamp)) {
                again.close();
                throw new IOException(path + " has changed since it was opened");
            }
            channel = again;
        }
        return channel;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        channel.close();
    }
}
