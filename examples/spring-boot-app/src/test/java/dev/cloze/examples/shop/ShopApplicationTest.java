package dev.cloze.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    void thePageShowsWhatTheApplicationIsMadeOf() throws IOException {
        Matcher blocks = Pattern.compile("(?ms)^```java\\n(.*?)^```")
                .matcher(Files.readString(Path.of("../../docs/guide/spring-boot.md")));
        String sources = sources();
        List<String> shown =
                blocks.results().map(block -> plain(block.group(1))).toList();
        assertThat(shown).isNotEmpty().allSatisfy(block -> assertThat(sources).contains(block));
    }

    /** All sources of this example, without imports and empty lines. */
    private static String sources() throws IOException {
        StringBuilder sources = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java"))
                    .sorted()
                    .toList()) {
                sources.append(plain(Files.readString(file)));
            }
        }
        return sources.toString();
    }

    private static String plain(String code) {
        return code.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.startsWith("/**"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    private static HttpResponse<String> post(String json) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(address("/reviews"))
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
