package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.cli.serve.http.AccessRules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients do wrong, and too many of them. */
class ServeFaultsTest {

    private static Served served;

    @BeforeAll
    static void started() throws IOException {
        served = new Served(Served.usual(), Served.settings());
    }

    @AfterAll
    static void stopped() {
        served.close();
    }

    @Test
    void ofAThousandAtOnceEachIsAnsweredOrToldToComeBack() {
        List<CompletableFuture<HttpResponse<String>>> asked = IntStream.range(0, 1000)
                .mapToObj(i -> served.client()
                        .sendAsync(
                                HttpRequest.newBuilder(served.at("/v1/tasks/reviews/predict"))
                                        .header("Content-Type", "application/json")
                                        .timeout(Duration.ofSeconds(60))
                                        .POST(BodyPublishers.ofString(Served.input("film " + i + " was great")))
                                        .build(),
                                BodyHandlers.ofString()))
                .toList();
        Map<Integer, List<HttpResponse<String>>> answers =
                asked.stream().map(CompletableFuture::join).collect(Collectors.groupingBy(HttpResponse::statusCode));

        assertThat(answers.keySet()).isSubsetOf(200, 429);
        assertThat(answers.get(200)).hasSizeGreaterThan(200).allMatch(each -> each.body()
                .contains("\"label\""));
        assertThat(answers.getOrDefault(429, List.of())).allSatisfy(each -> {
            assertThat(each.headers().firstValue("Retry-After")).contains("1");
            assertThat(Served.code(each)).isEqualTo("ServingOverloaded");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "{\"input\": {\"text\": \"a\"}",
                "{\"input\": {\"text\": \"a\"}} {}",
                "{'input': {'text': 'a'}}",
                "{\"input\": {\"text\": NaN}}",
                "[]",
                "null",
                "{\"input\": \"a\"}",
                "{\"input\": {\"text\": 5}}",
                "{\"input\": {\"text\": null}}",
                "{\"input\": {\"text\": \"a\", \"txt\": \"b\"}}",
                "{\"input\": {\"text\": \"a\"}, // no comments\n}"
            })
    void whatIsNoRequestIsSaidSo(String json) throws Exception {
        HttpResponse<String> response = served.post("/v1/tasks/reviews/predict", json);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(Served.code(response)).isEqualTo("RequestUnreadable");
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(response.body()).doesNotContain("Strictness").doesNotContain("Exception");
    }

    @Test
    void whatIsNestedWithoutEndIsRefused() throws Exception {
        HttpResponse<String> response = served.post(
                "/v1/tasks/reviews/predict", "{\"input\": " + "[".repeat(40_000) + "]".repeat(40_000) + "}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("nested deeper than 16");
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "; charset=utf-8", "text/plain", "application/json; charset=latin1"})
    void anotherMediaTypeIsRefused(String mediaType) throws Exception {
        HttpResponse<String> response = served.send(HttpRequest.newBuilder(served.at("/v1/tasks/reviews/predict"))
                .header("Content-Type", mediaType)
                .POST(BodyPublishers.ofString(Served.input("great"))));

        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("Send \\\"Content-Type: application/json\\\"");
    }

    @Test
    void anotherEncodingIsRefused() throws Exception {
        byte[] latin = "{\"input\": {\"text\": \"très bien\"}}".getBytes(StandardCharsets.ISO_8859_1);
        HttpResponse<String> response = served.send(HttpRequest.newBuilder(served.at("/v1/tasks/reviews/predict"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(latin)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("UTF-8");
    }

    @Test
    void fiftyMegabytesAreRefusedBeforeTheyAreRead() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", served.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /v1/tasks/reviews/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                    + " application/json\r\nContent-Length: 52428800\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertThat(answer).isEqualTo("HTTP/1.1 413");
        }
    }

    @Test
    void fiftyMegabytesOfUnknownLengthAreCutOffAtTheLimit() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", served.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/tasks/reviews/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                            + " application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = ("10000\r\n" + " ".repeat(65536) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            int written = 0;
            try {
                while (written < 800) {
                    out.write(chunk);
                    written++;
                }
            } catch (IOException e) {
                assertThat(e).isNotNull(); // the server has closed its side, as it should
            }
            assertThat(written).isLessThan(800);
        }
        HttpResponse<String> small = served.send(HttpRequest.newBuilder(served.at("/v1/tasks/reviews/predict"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[100_001]))));
        assertThat(small.statusCode()).isEqualTo(413);
        assertThat(Served.code(small)).isEqualTo("RequestTooLarge");
    }

    @Test
    void aBatchOfTooManyIsRefused() throws Exception {
        String many = IntStream.range(0, 65).mapToObj(i -> "{\"text\": \"a\"}").collect(Collectors.joining(","));
        HttpResponse<String> response = served.post("/v1/tasks/reviews/predict-all", "{\"inputs\": [" + many + "]}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("/v1/tasks/reviews/stream");
    }

    @Test
    void whoHangsUpWhileATextIsWrittenHoldsNothing() throws Exception {
        for (int i = 0; i < 12; i++) { // three times as many as may be open at once
            hangUpAfterTheFirstWord();
        }
        assertEventually(
                () -> served.post("/v1/tasks/writer/generate", "{\"input\": {\"text\": \"A\"}, \"maxTokens\": 2}")
                                .statusCode()
                        == 200);
        assertEventually(() -> served.get("/metrics").body().contains("cloze_queue_running 0.0"));
        assertCountedAsGone(served, "generate");
    }

    /** That the client has gone is no failure of the server's. */
    static void assertCountedAsGone(Served served, String route) throws Exception {
        String gone = "cloze_http_request_seconds_count{route=\"/v1/tasks/{task}/" + route + "\",status=\"499\"}";
        assertEventually(() -> served.get("/metrics").body().contains(gone));
        assertThat(served.get("/metrics").body()).doesNotContain("status=\"500\"");
    }

    private static void hangUpAfterTheFirstWord() throws IOException {
        String body = "{\"input\": {\"text\": \"The film\"}, \"maxTokens\": 400}";
        try (Socket socket = new Socket("127.0.0.1", served.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /v1/tasks/writer/generate HTTP/1.1\r\nHost: localhost\r\nAccept:"
                                    + " text/event-stream\r\nContent-Type: application/json\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            assertThat(in.readNBytes(40)).hasSize(40);
            socket.setSoLinger(true, 0);
        }
    }

    /** Of a text that is answered as a whole nothing is written that could tell. */
    @Test
    void whoHangsUpWhileAWholeTextIsWrittenEndsIt() throws Exception {
        String body = "{\"input\": {\"text\": \"The film\"}, \"maxTokens\": 240}";
        try (Socket socket = new Socket("127.0.0.1", served.port())) {
            socket.getOutputStream()
                    .write(("POST /v1/tasks/writer/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                    + " application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
        }
        assertEventually(() -> served.get("/metrics")
                .body()
                .contains("cloze_predict_seconds_count{outcome=\"499\",task=\"writer\"} "));
        assertCountedAsGone(served, "generate");
    }

    /** One queue holds inputs for a minute, so that the only way out of it is to be taken back. */
    @Test
    void whoHangsUpWhileOneInputWaitsLeavesTheQueue() throws Exception {
        ServeSettings patient =
                Served.settings(ServeSettings.IDLE, engine -> engine.withGathering(Duration.ofSeconds(50)));
        try (Served waiting = new Served(Served.usual(), patient)) {
            try (Socket socket = new Socket("127.0.0.1", waiting.port())) {
                String body = Served.input("great");
                socket.getOutputStream()
                        .write(("POST /v1/tasks/reviews/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                        + " application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                                .getBytes(StandardCharsets.US_ASCII));
                assertEventually(() -> waiting.get("/metrics").body().contains("cloze_queue_waiting 1.0"));
            }
            assertEventually(() -> waiting.get("/metrics").body().contains("cloze_queue_waiting 0.0"));
            assertThat(waiting.get("/metrics").body())
                    .contains("cloze_predict_seconds_count{outcome=\"499\",task=\"reviews\"} 1");
            assertCountedAsGone(waiting, "predict");
        }
    }

    /** A request that comes before the answer to the one before is not lost, though the connection was looked at meanwhile. */
    @Test
    void whoSendsTheNextRequestBeforeTheAnswerIsAnsweredTwice() throws Exception {
        String body = "{\"inputs\": [" + "{\"text\": \"great film\"},".repeat(63) + "{\"text\": \"bad\"}]}";
        String request = "POST /v1/tasks/reviews/predict-all HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                + " application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket("127.0.0.1", served.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            Thread.sleep(30);
            String last = request.replace("HTTP/1.1\r\n", "HTTP/1.1\r\nConnection: close\r\n");
            socket.getOutputStream().write(last.getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
        }
    }

    @Test
    void aBodyThatComesTooSlowlyIsNotWaitedFor() throws Exception {
        AccessRules rules = AccessRules.of(Optional.empty(), List.of(), List.of());
        try (Served hasty = new Served(Served.usual(), Served.settings(rules, 256, Duration.ofSeconds(1)));
                Socket socket = new Socket("127.0.0.1", hasty.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(("POST /v1/tasks/reviews/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                    + " application/json\r\nContent-Length: 500\r\n\r\n{\"inp")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"RequestTooSlow\"");
        }
    }

    @Test
    void whoHangsUpBeforeTheBodyIsThereHarmsNobody() throws Exception {
        for (int i = 0; i < 50; i++) {
            try (Socket socket = new Socket("127.0.0.1", served.port())) {
                socket.getOutputStream()
                        .write(("POST /v1/tasks/reviews/predict HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                                        + " application/json\r\nContent-Length: 500\r\n\r\n{\"inp")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(served.post("/v1/tasks/reviews/predict", Served.input("great"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatIsNotAnsweredInTimeIsToldSo() throws Exception {
        AccessRules rules = AccessRules.of(Optional.empty(), List.of(), List.of());
        try (Served hasty = new Served(Served.usual(), Served.settings(rules, 256, Duration.ofNanos(1)))) {
            String text =
                    "film ".repeat(10_000); // a busy machine might answer a short one before it looks at the clock
            HttpResponse<String> response = hasty.post("/v1/tasks/reviews/predict", Served.input(text));

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(Served.code(response)).isEqualTo("ServingDeadline");
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
        }
    }

    @Test
    void aServerThatStopsAnswersWhatItHasBeenAsked() throws Exception {
        Served stopping = new Served(Served.usual(), Served.settings());
        String texts = IntStream.range(0, 64)
                .mapToObj(i -> "{\"text\": \"" + ("film " + i + " ").repeat(100) + "\"}")
                .collect(Collectors.joining(","));
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            asked.add(stopping.client()
                    .sendAsync(
                            HttpRequest.newBuilder(stopping.at("/v1/tasks/reviews/predict-all"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"inputs\": [" + texts + "]}"))
                                    .build(),
                            BodyHandlers.ofString()));
        }
        assertEventually(() -> !stopping.get("/metrics").body().contains("cloze_queue_running 0.0"));
        var address = stopping.at("/health");
        stopping.close();

        List<HttpResponse<String>> answers =
                asked.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(HttpResponse::statusCode).contains(200);
        assertThat(answers).allSatisfy(answer -> {
            if (answer.statusCode() == 200) {
                assertThat(Served.json(answer).getAsJsonArray("predictions")).hasSize(64);
            } else { // it came when the server was stopping already
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
            }
        });
        assertThatThrownBy(() -> served.send(HttpRequest.newBuilder(address))).isInstanceOf(ConnectException.class);
    }

    /** Something that is asked of a server. */
    interface Condition {
        boolean holds() throws Exception;
    }

    static void assertEventually(Condition condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("within twenty seconds").isLessThan(end);
            Thread.sleep(20);
        }
    }
}
