package dev.cloze.quarkus.it;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.JsonConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A started application, asked over HTTP. */
@QuarkusTest
class ReviewResourceTest {

    @Inject
    InMemorySpanExporter spans;

    private static final String REVIEW = "{\"text\": \"A warm, funny film.\"}";

    private static ValidatableResponse post(String path, String json) {
        return given().config(RestAssuredConfig.config()
                        .jsonConfig(JsonConfig.jsonConfig().numberReturnType(NumberReturnType.DOUBLE)))
                .contentType("application/json")
                .body(json)
                .post(path)
                .then();
    }

    @Test
    void aReviewIsAnsweredByAWorker() {
        double positive =
                post("/reviews", REVIEW).statusCode(200).extract().jsonPath().getDouble("POSITIVE");
        try (var alone = ReviewPipeline.zeroShot()) {
            assertThat(alone.predict(new Review("A warm, funny film."))
                            .probabilities()
                            .get(Sentiment.POSITIVE))
                    .isCloseTo(positive, org.assertj.core.data.Offset.offset(1e-5));
        }
        post("/reviews/handed-over", REVIEW).statusCode(200).body("POSITIVE", closeTo(positive, 1e-5));
    }

    @Test
    void anEventLoopIsRefusedByName() {
        post("/reviews/event-loop", REVIEW)
                .statusCode(500)
                .body(allOf(
                        startsWith("[EventLoop] The pipeline of the task review was asked on the event loop"),
                        containsString("@Blocking"),
                        containsString("@RunOnVirtualThread")));
    }

    @Test
    void aReviewWithoutTextIsTheCallersMistake() {
        post("/reviews", "{}").statusCode(400).body(startsWith("[InputNull]"));
    }

    @Test
    void ofManyRequestsAtOnceEachIsAnsweredOrRefused() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/reviews"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(REVIEW))
                .build();
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            asked.add(client.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        int answered = 0;
        int refused = 0;
        for (CompletableFuture<HttpResponse<String>> one : asked) {
            HttpResponse<String> answer = one.get(60, TimeUnit.SECONDS);
            if (answer.statusCode() == 200) {
                answered++;
            } else {
                refused++;
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).startsWith("[ServingOverloaded]");
            }
        }
        assertThat(answered).isPositive();
        assertThat(answered + refused).isEqualTo(300);
    }

    @Test
    void aPredictionIsASpanBeneathThatOfItsRequest() throws Exception {
        given().header("traceparent", "00-" + "a".repeat(32) + "-" + "1".repeat(16) + "-01")
                .contentType("application/json")
                .body(REVIEW)
                .post("/reviews")
                .then()
                .statusCode(200);
        SpanData prediction = prediction("a".repeat(32));
        assertThat(prediction.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("task"), "review")
                .containsEntry(AttributeKey.stringKey("kind"), "classification")
                .containsEntry(AttributeKey.longKey("inputs"), 1L);
        assertThat(span(one -> one.getSpanId().equals(prediction.getParentSpanId()))
                        .getName())
                .isEqualTo("POST /reviews");
        assertThat(prediction.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);

        given().header("traceparent", "00-" + "b".repeat(32) + "-" + "1".repeat(16) + "-01")
                .contentType("application/json")
                .body("{}")
                .post("/reviews")
                .then()
                .statusCode(400);
        assertThat(prediction("b".repeat(32)).getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    }

    /** That of one request alone: spans of others may still arrive. */
    private SpanData prediction(String trace) throws InterruptedException {
        return span(
                one -> one.getName().equals("cloze.predict") && one.getTraceId().equals(trace));
    }

    /** The span of a request ends a moment after its answer. */
    private SpanData span(Predicate<SpanData> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        Optional<SpanData> found =
                spans.getFinishedSpanItems().stream().filter(wanted).findFirst();
        while (found.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(20);
            found = spans.getFinishedSpanItems().stream().filter(wanted).findFirst();
        }
        return found.orElseThrow();
    }

    @Test
    void itTellsItsHealthAndItsMetrics() {
        post("/reviews", REVIEW).statusCode(200);
        RestAssured.get("/q/health")
                .then()
                .statusCode(200)
                .body("status", is("UP"))
                .body("checks.find { it.name == 'Cloze tasks' && it.data.review != null }.data.review", is("OPEN"));
        String metrics = RestAssured.get("/q/metrics").asString();
        assertThat(metrics)
                .containsPattern("cloze_predict_seconds_count\\{[^}]*task=\"review\"[^}]*\\} [1-9]")
                .containsPattern("cloze_queue_answered_total [1-9]")
                .contains("cloze_queue_waiting 0.0");
    }
}
