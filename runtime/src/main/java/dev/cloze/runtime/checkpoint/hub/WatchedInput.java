package dev.cloze.runtime.checkpoint.hub;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Gives up on a connection that stays open but says next to nothing: java.net.http waits for a body without end. */
final class WatchedInput extends FilterInputStream {

    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "cloze-download-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** So many bytes within the time of silence, or the body's end, are heard. */
    private static final long HEARD = 1 << 10;

    private final Duration silence;
    private final ScheduledFuture<?> watch;
    private volatile long heard = System.nanoTime();
    private volatile boolean givenUp;
    private long unheard;

    WatchedInput(InputStream input, Duration silence) {
        super(input);
        this.silence = silence;
        long every = Math.max(1, silence.toMillis() / 4);
        this.watch = WATCH.scheduleWithFixedDelay(this::check, every, every, TimeUnit.MILLISECONDS);
    }

    private void check() {
        if (System.nanoTime() - heard > silence.toNanos() && !givenUp) {
            givenUp = true;
            try {
                // Wakes the reader.
                in.close();
            } catch (IOException e) {
                watch.cancel(false);
            }
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int count = in.read(bytes, offset, length);
            if (givenUp) {
                throw new IOException("closed");
            }
            unheard += count;
            if (count < 0 || unheard >= HEARD) {
                heard = System.nanoTime();
                unheard = 0;
            }
            return count;
        } catch (IOException e) {
            if (givenUp) {
                throw new HttpTimeoutException("next to nothing came for " + silence.toMillis() / 1000.0 + " s");
            }
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }
}
