package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that sends lines to a served task called "reviews", and reads the answers, until one of both sides closes. */
public final class EndlessStream implements AutoCloseable {

    private static final String HEAD = "POST /v1/tasks/reviews/stream HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
            + " application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

    private final Socket socket;
    private final AtomicInteger answered = new AtomicInteger();

    /** Sends to that port of this machine from now on. */
    public EndlessStream(int port) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        new Thread(this::send).start();
        new Thread(this::read).start();
    }

    /** Waits for so many answers, a minute at most. */
    public void awaitAnswers(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (answered.get() < count) {
            assertThat(System.nanoTime()).as("within a minute").isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    private void send() {
        String line = "{\"text\": \"" + "a film that goes on ".repeat(5) + "\"}\n";
        byte[] chunk =
                (Integer.toHexString(line.length()) + "\r\n" + line + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try {
            OutputStream out = socket.getOutputStream();
            out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
            while (true) {
                out.write(chunk);
                out.flush();
            }
        } catch (IOException e) {
            assertThat(e).isNotNull(); // one side has closed, as it should
        }
    }

    private void read() {
        try {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answered.addAndGet(line.contains("\"label\"") ? 1 : 0);
            }
        } catch (IOException e) {
            assertThat(e).isNotNull(); // as above
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
