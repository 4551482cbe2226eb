package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.cli.ServedProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed tasks at a rate of which the queues must refuse a part: nothing is lost, every refusal says when to come back, memory stays.
 * {@code -Dcloze.load.seconds=120} lasts longer.
 */
@Tag("slow")
class ServeLoadTest {

    private static final int SECONDS = Integer.getInteger("cloze.load.seconds", 30);

    /** Requests that are on their way at once; many more than may wait. */
    private static final int AT_ONCE = 300;

    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final Map<Integer, AtomicInteger> statuses =
            new TreeMap<>(Map.of(200, new AtomicInteger(), 429, new AtomicInteger(), 503, new AtomicInteger()));

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path folder;

    @Test
    void nothingIsLostAndMemoryStays() throws Exception {
        try (ServedProcess served = new ServedProcess(
                Map.of("MALLOC_ARENA_MAX", "2"), List.of("-Xms192m", "-Xmx192m", "-XX:+AlwaysPreTouch"), arguments())) {
            load(served, SECONDS); // libtorch's buffers and its code for each number of rows take their room first
            long before = served.resident();
            load(served, SECONDS);
            long after = served.resident();
            report(before, after);

            assertThat(wrong).isEmpty();
            assertThat(statuses.values().stream().mapToInt(AtomicInteger::get).sum())
                    .isEqualTo(asked.get());
            assertThat(statuses.get(200)).hasPositiveValue();
            assertThat(statuses.get(429)).hasPositiveValue();
            if (before > 0) {
                assertThat(after).as("resident memory").isLessThan(before + before / 10 + (32L << 20));
            }
        }
    }

    private List<String> arguments() throws IOException {
        return List.of(
                "--model=cloze-tiny-en",
                "--capacity=64",
                "--timeout=10",
                "--task=reviews=" + reviews("reviews", "{text} It was {mask}."),
                "--task=opinions=" + reviews("opinions", "{text} All in all, it was {mask}."),
                "--writer=writer=cloze-lm-tiny-en");
    }

    private Path reviews(String name, String template) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                template: "%s"
                model: cloze-tiny-en
                labels:
                  positive: [great, good]
                  negative: [terrible, bad]
                """.formatted(template));
    }

    private void load(ServedProcess served, int seconds) {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            clients.add(askOn(served, i, end));
        }
        clients.forEach(CompletableFuture::join);
    }

    /** A client that asks again as soon as it has an answer. */
    private CompletableFuture<Void> askOn(ServedProcess served, int client, long end) {
        if (System.nanoTime() > end) {
            return CompletableFuture.completedFuture(null);
        }
        long start = System.nanoTime();
        int number = asked.incrementAndGet();
        return http.sendAsync(request(served, client, number), BodyHandlers.ofString())
                .handle((response, failure) -> {
                    if (failure != null) {
                        wrong.add(failure.toString());
                    } else {
                        heard(response, System.nanoTime() - start);
                    }
                    return response;
                })
                .thenComposeAsync(response -> askOn(served, client, end));
    }

    private static HttpRequest request(ServedProcess served, int client, int number) {
        String task = client % 20 == 0 ? "writer/generate" : client % 2 == 0 ? "reviews/predict" : "opinions/predict";
        String input = Served.input("film " + number + " was " + "very ".repeat(number % 40) + "good");
        String body = client % 20 == 0 ? input.replaceFirst("}}$", "}, \"maxTokens\": 4}") : input;
        return HttpRequest.newBuilder(served.address().resolve("/v1/tasks/" + task))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private void heard(HttpResponse<String> response, long time) {
        AtomicInteger count = statuses.get(response.statusCode());
        boolean complete = response.statusCode() == 200
                ? response.body().contains("\"label\"") || response.body().contains("\"tokens\"")
                : response.headers().firstValue("Retry-After").isPresent();
        if (count == null || !complete) {
            wrong.add(response.statusCode() + " " + response.body());
            return;
        }
        count.incrementAndGet();
        if (response.statusCode() == 200) {
            nanos.add(time);
        }
    }

    private void report(long before, long after) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.println(String.format(
                Locale.ROOT,
                "%d requests: %s; answered in %.0f ms (p50), %.0f ms (p99); resident %d MiB, then %d MiB",
                asked.get(),
                statuses,
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                before >> 20,
                after >> 20));
    }
}
