package dev.cloze.cli.serve.http;

import dev.cloze.runtime.workbench.request.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Blocker;

/** The bytes of a request, as they come, for one thread that can tell whether it would wait. */
final class BodyBytes {

    private final Content.Source source;
    private final Duration silence;
    private final Blocker.Shared waiting = new Blocker.Shared();
    private ByteBuffer ahead = ByteBuffer.allocate(0);
    private boolean ended;

    /**
     * None has been read yet.
     *
     * @param silence after which the connection stops to wait, for messages
     */
    BodyBytes(Content.Source source, Duration silence) {
        this.source = source;
        this.silence = silence;
    }

    /** Whether the next byte, or the end, is there already. */
    boolean isThere() throws IOException {
        while (!ahead.hasRemaining() && !ended) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                return false;
            }
            take(chunk);
        }
        return true;
    }

    /**
     * The next byte, once it is there; -1 at the end.
     *
     * @throws Refused where nothing comes for too long
     */
    int next() throws IOException {
        while (!isThere()) {
            try (Blocker.Runnable come = waiting.runnable()) {
                source.demand(come);
                come.block();
            }
        }
        return ahead.hasRemaining() ? ahead.get() & 0xff : -1;
    }

    private void take(Content.Chunk chunk) throws IOException {
        if (Content.Chunk.isFailure(chunk)) {
            Throwable failure = chunk.getFailure();
            if (failure instanceof TimeoutException) {
                throw Refused.tooSlow("Nothing came for " + silence.toMillis()
                        + " ms, so that the stream ends here.\n  Send the rest as another one, without such a pause.");
            }
            throw new IOException(failure);
        }
        ended = chunk.isLast();
        ahead = ByteBuffer.allocate(chunk.remaining())
                .put(chunk.getByteBuffer())
                .flip();
        chunk.release();
    }
}
