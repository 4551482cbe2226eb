package dev.cloze.runtime.checkpoint.hub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Answers every connection with the same bytes, be they HTTP or not. */
final class RawServer implements AutoCloseable {

    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    RawServer(String answer) throws IOException {
        Thread thread = new Thread(() -> answerAll(answer.getBytes(StandardCharsets.ISO_8859_1)), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void answerAll(byte[] answer) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                connection.getInputStream().read(new byte[1 << 13]);
                connection.getOutputStream().write(answer);
            } catch (IOException closed) {
                if (!socket.isClosed()) {
                    throw new IllegalStateException(closed);
                }
            }
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
