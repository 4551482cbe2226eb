package dev.cloze.runtime.checkpoint.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A lock that one thread of one process of this machine can hold at a time. */
public final class ProcessLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLock.class);
    /** A file lock belongs to the whole JVM: its threads need a lock of their own. */
    private static final Map<Path, ReentrantLock> OF_THREADS = new ConcurrentHashMap<>();

    private final ReentrantLock ofThreads;
    private final FileChannel channel;

    private ProcessLock(ReentrantLock ofThreads, FileChannel channel) {
        this.ofThreads = ofThreads;
        this.channel = channel;
    }

    /** Waits until the lock is free; {@code busy} is logged if that takes a while. */
    @SuppressWarnings("MustBeClosedChecker")
    public static ProcessLock acquire(Path file, String busy) throws IOException {
        Path lockFile = file.toAbsolutePath().normalize();
        ReentrantLock ofThreads = OF_THREADS.computeIfAbsent(lockFile, path -> new ReentrantLock());
        ofThreads.lock();
        @Nullable FileChannel channel = null;
        try {
            DiskFolders.makeFor(lockFile);
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock(channel, busy);
            return new ProcessLock(ofThreads, channel);
        } catch (IOException | RuntimeException e) {
            if (channel != null) {
                channel.close();
            }
            ofThreads.unlock();
            throw e;
        }
    }

    /** The lock ends with the channel, and with the process however that ends. */
    @SuppressWarnings("unused")
    private static void lock(FileChannel channel, String busy) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            LOG.info(busy);
            lock = channel.lock();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            ofThreads.unlock();
        }
    }
}
