package dev.cloze.cli.serve.http;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A started server; Jetty's, without servlets. */
public final class HttpServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);

    private final Server server;
    private final ServerConnector connector;
    private final String host;

    private HttpServer(Server server, ServerConnector connector, String host) {
        this.server = server;
        this.connector = connector;
        this.host = host;
    }

    /** The threads of a server; streams take one each. */
    public static QueuedThreadPool threads(int streams) {
        QueuedThreadPool threads = new QueuedThreadPool(streams + 16, 8);
        threads.setName("cloze-http");
        threads.setDaemon(true);
        return threads;
    }

    /**
     * Starts to listen.
     *
     * @param port 0 for any that is free
     * @param idle after which a connection on which nothing comes or goes is ended
     * @param grace how long what is being answered may take once it is closed
     * @throws IOException where it can't be listened on
     */
    public static HttpServer start(
            String host, int port, QueuedThreadPool threads, Router router, Duration idle, Duration grace)
            throws IOException {
        Server server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        http.setRequestHeaderSize(8 * 1024);
        http.setUriCompliance(UriCompliance.RFC3986);
        http.setIdleTimeout(idle.toMillis());
        ServerConnector connector = new WatchedConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(idle.toMillis());
        connector.setAcceptQueueSize(2048);
        server.addConnector(connector);
        server.setHandler(new GracefulHandler(router));
        server.setErrorHandler(new PlainErrors());
        server.setStopTimeout(grace.toMillis());
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the server can't be started", e);
        }
        return new HttpServer(server, connector, host);
    }

    private static final class WatchedConnector extends ServerConnector {

        WatchedConnector(Server server, HttpConnectionFactory http) {
            super(server, 1, 1, http);
        }

        @Override
        protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            WatchedConnection connection = new WatchedConnection(channel, selector, key, getScheduler());
            connection.setIdleTimeout(getIdleTimeout());
            return connection;
        }
    }

    /** Where it is reached. */
    public URI address() {
        String name = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + connector.getLocalPort() + "/");
    }

    /** What its work can be done by. */
    public Executor executor() {
        return server.getThreadPool();
    }

    /** Listens no more, answers what has been asked within its grace, breaks off the rest, and ends. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (TimeoutException e) {
            LOG.warn("Not all requests had an end within {} ms; the rest are broken off.", server.getStopTimeout());
        } catch (Exception e) {
            throw new IllegalStateException("the server can't be stopped", e);
        }
    }
}
