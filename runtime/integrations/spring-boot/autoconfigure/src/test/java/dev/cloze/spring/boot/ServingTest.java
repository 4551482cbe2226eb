package dev.cloze.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.EngineStatus;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.runtime.application.TaskStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** A started server, and what goes wrong around it. */
class ServingTest {

    private static final Pattern METRIC_LINE =
            Pattern.compile("# (HELP|TYPE) [a-zA-Z_:][\\w:]* .*|[a-zA-Z_:][\\w:]*(\\{[^}]*\\})? [-+\\w.]+");

    @Test
    void itTellsItsHealthItsMetricsAndItsTasks() throws Exception {
        try (Shop shop = Shop.start()) {
            assertThat(shop.get("/actuator/health").body()).contains("\"cloze\":{", "\"state\":\"UNOPENED\"");
            for (int i = 0; i < 3; i++) {
                assertThat(shop.ask("A warm, funny film.").statusCode()).isEqualTo(200);
            }
            assertThat(shop.get("/actuator/health").body())
                    .contains("\"review\":{\"state\":\"OPEN\",\"archive\":\"none\"");
            String metrics = shop.get("/actuator/prometheus").body();
            assertThat(metrics.lines())
                    .allMatch(line -> METRIC_LINE.matcher(line).matches());
            assertThat(metrics)
                    .containsPattern("cloze_predict_seconds_count\\{[^}]*task=\"review\"[^}]*\\} 3\\n")
                    .containsPattern("cloze_predict_seconds_count\\{[^}]*kind=\"classification\"")
                    .contains(
                            "cloze_queue_answered_total 3.0\n", "cloze_queue_waiting 0.0\n", "cloze_queue_tasks 1.0\n");
            assertThat(shop.get("/actuator/cloze").body()).contains("\"name\":\"review\"", "\"kind\":\"text\"");
            assertThat(shop.post("/actuator/cloze/review").body()).contains("\"state\":\"OPEN\"");
            assertThat(shop.tasks().queues().answered())
                    .as("counted on after a reload")
                    .isEqualTo(3);
        }
    }

    @Test
    void ofAThousandRequestsAtOnceEachIsAnsweredOrRefused() throws Exception {
        try (Shop shop = Shop.start("cloze.serving.capacity=20", "cloze.serving.rows=8")) {
            String alone = shop.ask("Number 0.").body();
            List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                asked.add(shop.askLater("Number 0."));
            }
            long answered = 0;
            long refused = 0;
            for (CompletableFuture<HttpResponse<String>> one : asked) {
                HttpResponse<String> answer = one.get(60, TimeUnit.SECONDS);
                if (answer.statusCode() == 200) {
                    answered++;
                    assertThat(answer.body()).startsWith(alone.substring(0, "{POSITIVE=0.12".length()));
                } else {
                    refused++;
                    assertThat(answer.statusCode()).isEqualTo(503);
                    assertThat(answer.body()).isEqualTo("ServingOverloaded");
                    assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
                }
            }
            assertThat(answered).isPositive();
            assertThat(answered + refused).isEqualTo(1000);
            assertThat(shop.tasks().queues().refused()).isEqualTo(refused);
            assertThat(shop.tasks().queues().answered()).isEqualTo(answered + 1);
            assertThat(shop.tasks().queues().waiting()).isZero();
        }
    }

    @Test
    void clientsThatHangUpLeaveNothingBehind() throws Exception {
        try (Shop shop = Shop.start()) {
            shop.ask("Lovely.");
            for (int i = 0; i < 20; i++) {
                try (Socket socket = new Socket("127.0.0.1", shop.port())) {
                    OutputStream out = socket.getOutputStream();
                    String body = "{\"text\": \"Long.\"}";
                    out.write(("POST /reviews HTTP/1.1\r\n"
                                    + "Host: 127.0.0.1\r\n"
                                    + "Content-Type: application/json\r\n"
                                    + "Content-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    socket.setSoLinger(true, 0);
                }
            }
            await(() -> shop.tasks().queues().waiting() == 0
                    && shop.tasks().queues().rows() == 0);
            assertThat(shop.ask("Lovely.").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void whatWasAskedBeforeItStopsIsAnswered() throws Exception {
        Shop shop = Shop.start("cloze.serving.rows=2");
        shop.ask("Lovely.");
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            asked.add(shop.askLater("Number " + i + ", " + "a long tale ".repeat(40)));
        }
        ClozeTasks tasks = shop.tasks();
        await(() -> tasks.queues().answered() > 5 && tasks.queues().waiting() > 0);
        EngineStatus before = tasks.queues();
        shop.close();
        int answered = 0;
        for (CompletableFuture<HttpResponse<String>> one : asked) {
            HttpResponse<String> answer =
                    one.handle((response, error) -> response).get(60, TimeUnit.SECONDS);
            if (answer != null) { // the server lets no new connection in while it stops
                // 400 where the connection was closed before the body was read
                assertThat(answer.statusCode()).isIn(200, 400, 503);
                answered += answer.statusCode() == 200 ? 1 : 0;
            }
        }
        assertThat((long) answered + 1)
                .as(
                        "the first, which was asked alone, and what was answered, waited or was being answered before it stopped")
                .isGreaterThanOrEqualTo(before.answered() + before.waiting() + before.rows());
        assertThat(tasks.tasks()).allMatch(task -> task.state() == TaskStatus.State.CLOSED);
    }

    @Test
    void theModelsFolderMayVanishWhileItServes(@TempDir Path folder) throws Exception {
        Path model = Files.createDirectories(folder.resolve("cloze-tiny-en"));
        for (Resource file :
                new PathMatchingResourcePatternResolver().getResources("classpath*:dev/cloze/models/cloze-tiny-en/*")) {
            Files.write(model.resolve(String.valueOf(file.getFilename())), file.getContentAsByteArray());
        }
        try (Shop shop = Shop.start("cloze.models=" + folder)) {
            String before = shop.ask("A warm, funny film.").body();
            delete(folder);
            assertThat(shop.ask("A warm, funny film.").body()).isEqualTo(before);
            assertThat(shop.get("/actuator/health").statusCode()).isEqualTo(200);
            for (int i = 0; i < 50; i++) {
                shop.ask("Another film, number " + i + ", which nobody has asked for yet.");
            }
            assertThat(shop.ask("A warm, funny film.").body()).isEqualTo(before);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(5);
        }
    }
}
