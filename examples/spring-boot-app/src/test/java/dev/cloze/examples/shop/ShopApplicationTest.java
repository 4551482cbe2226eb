package dev.cloze.examples.shop;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import dev.cloze.testkit.browser.TestBrowser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The application as it is started, asked over HTTP; on the quick model. */
class ShopApplicationTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() {
        application = SpringApplication.run(ShopApplication.class, "--server.port=0", "--cloze.quick=true");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void aReviewIsAnsweredWithItsLabel() throws Exception {
        HttpResponse<String> answer = post("{\"text\": \"A warm, funny film with a lovely cast.\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).matches("\\{\"label\":\"(POSITIVE|NEGATIVE)\",\"probability\":0\\.\\d+(E-\\d)?\\}");
    }

    @Test
    void aReviewWithoutTextIsTheCallersMistake() throws Exception {
        HttpResponse<String> answer = post("{}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"title\":\"InputNull\"");
    }

    @Test
    void itIsHealthyAndItsPredictionsAreCounted() throws Exception {
        post("{\"text\": \"Lovely.\"}");
        assertThat(get("/actuator/health").body()).contains("\"cloze\":{", "\"review\":{", "\"state\":\"OPEN\"");
        assertThat(get("/actuator/prometheus").body())
                .containsPattern("cloze_predict_seconds_count\\{.*task=\"review\".*\\} \\d")
                .contains("cloze_queue_answered_total");
    }

    @Test
    void aPersonTriesTemplatesOnItsPage() {
        Optional<TestBrowser> found = TestBrowser.start();
        assumeTrue(found.isPresent(), TestBrowser.MISSING);
        try (TestBrowser chromium = found.get()) {
            Page page = chromium.browser().newPage();
            page.navigate(address("/").toString());
            page.getByLabel("{text}").fill("a great film");
            assertThat(page.locator("#cards > li").first().locator(".read")).containsText("a great film it was");
            assertThat(page.locator("#cards > li").first().locator(".best"))
                    .not()
                    .hasCount(0);
            assertThat(page.locator("#results tbody tr")).hasCount(2);
            assertThat(page.locator("#source")).containsText("record Review(String text)");
            assertThat(page.locator("#failure")).isHidden();
        }
    }

    @Test
    void whatThePageAsksWronglyIsToldWithACode() throws Exception {
        HttpResponse<String> answer = post("/v1/workbench/read", "{\"templates\": []}");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(answer.body()).contains("\"code\":\"RequestUnreadable\"");
        assertThat(get("/").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(get("/page.js").body()).contains("v1/workbench/read");
    }

    private static HttpResponse<String> post(String json) throws IOException, InterruptedException {
        return post("/reviews", json);
    }

    private static HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(address(path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(address(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port") + path);
    }
}
