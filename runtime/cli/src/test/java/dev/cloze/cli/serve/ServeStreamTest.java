package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Streams in which one side lets the other wait. */
class ServeStreamTest {

    private static final Duration IDLE = Duration.ofMillis(400);

    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    /** More lines than are read ahead, and more than lie in buffers; a batch waits several times as long as a client may. */
    @Test
    void linesThatAreAnsweredSlowlyAreAllAnswered() throws Exception {
        ServeSettings slow =
                Served.settings(IDLE, engine -> engine.withRows(1024).withGathering(IDLE.multipliedBy(3)));
        String lines = IntStream.range(0, 150)
                .mapToObj(i -> "{\"text\": \"" + "film ".repeat(80) + i + "\"}")
                .collect(Collectors.joining("\n"));
        try (Served served = new Served(Served.usual(), slow)) {
            HttpResponse<String> response = served.send(HttpRequest.newBuilder(served.at("/v1/tasks/reviews/stream"))
                    .header("Content-Type", "application/x-ndjson")
                    .POST(BodyPublishers.ofString(lines)));

            assertThat(response.body().lines()).hasSize(150).allMatch(line -> line.contains("\"label\""));
        }
    }

    @Test
    void whoSendsNothingForTooLongIsToldSoInTheLastLine() throws Exception {
        try (Served served = new Served(Served.usual(), Served.settings(IDLE, engine -> engine));
                Socket socket = begun(served, "{\"text\": \"a great film\"}\n{\"te")) {
            String answer = rest(socket);

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"label\":")
                    .contains("\"code\":\"RequestTooSlow\"")
                    .contains("Nothing came for 400 ms")
                    .endsWith(LAST_CHUNK);
        }
    }

    /** What is sent ends before its last chunk: what came is answered, but nobody is to take that for the whole. */
    @Test
    void aStreamThatBreaksOffDoesNotEndAsAWholeOne() throws Exception {
        try (Served served = new Served(Served.usual(), Served.settings());
                Socket socket = begun(served, "{\"text\": \"a great film\"}\n")) {
            awaitAnswer(socket.getInputStream());
            socket.shutdownOutput();

            assertThat(rest(socket)).doesNotEndWith(LAST_CHUNK);
            ServeFaultsTest.assertCountedAsGone(served, "stream");
        }
    }

    /** A stream that has sent this much. */
    private static Socket begun(Served served, String lines) throws IOException {
        Socket socket = new Socket("127.0.0.1", served.port());
        socket.setSoTimeout(20_000);
        socket.getOutputStream()
                .write(("POST /v1/tasks/reviews/stream HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                + " application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
                                + Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Reads until there is some of one. */
    private static void awaitAnswer(InputStream in) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf("\"label\"") < 0) {
            int one = in.read();
            assertThat(one).as("there is more than %s", read).isNotNegative();
            read.append((char) one);
        }
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
