package dev.cloze.cli.serve.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection of which can be told whether its client has hung up while nothing is read from it: HTTP/1.1 has no other sign of
 * that than the end of what comes. A byte that comes instead, of the next request, is kept for who reads next.
 */
final class WatchedConnection extends SocketChannelEndPoint {

    private final ByteBuffer ahead = ByteBuffer.allocate(1);
    private boolean has;

    WatchedConnection(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Whether the other side has ended what it sends; only while nobody reads. */
    synchronized boolean isHungUp() {
        if (has) {
            return false;
        }
        try {
            ahead.clear();
            int read = getChannel().read(ahead);
            has = read > 0;
            return read < 0;
        } catch (IOException e) {
            return true; // a connection that is broken off says so here
        }
    }

    @Override
    public synchronized int fill(ByteBuffer buffer) throws IOException {
        if (!has) {
            return super.fill(buffer);
        }
        if (BufferUtil.space(buffer) == 0) {
            return 0;
        }
        BufferUtil.append(buffer, ahead.get(0));
        has = false;
        return 1;
    }
}
