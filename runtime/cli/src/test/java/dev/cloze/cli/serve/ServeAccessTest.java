package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.cli.serve.http.AccessRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may ask a server. */
class ServeAccessTest {

    private static final String TOKEN = "a-token-that-nobody-guesses";
    private static final String BEARER = "Bearer " + TOKEN;

    private static Served served;

    @BeforeAll
    static void started() throws IOException {
        AccessRules rules =
                AccessRules.of(Optional.of(TOKEN), List.of("Cloze.Example"), List.of("https://app.example"));
        served = new Served(Served.usual(), Served.settings(rules, 256, Duration.ofSeconds(30)));
    }

    @AfterAll
    static void stopped() {
        served.close();
    }

    @Test
    void withoutTheTokenNothingIsTold() throws Exception {
        for (String path : List.of("/v1/tasks", "/metrics", "/nowhere", "/v1/tasks/reviews/predict")) {
            HttpResponse<String> none = served.get(path);
            assertThat(none.statusCode()).as(path).isEqualTo(401);
            assertThat(none.headers().firstValue("WWW-Authenticate")).contains("Bearer");
            assertThat(Served.code(none)).isEqualTo("RequestForbidden");
        }
        assertThat(served.get("/v1/tasks", "Authorization", "Bearer another-token")
                        .statusCode())
                .isEqualTo(401);
        assertThat(served.get("/v1/tasks", "Authorization", BEARER).statusCode())
                .isEqualTo(200);
    }

    @Test
    void healthAndThePageAreOpen() throws Exception {
        assertThat(served.get("/health").statusCode()).isEqualTo(200);
        assertThat(served.get("/").statusCode()).isEqualTo(200);
    }

    @Test
    void headIsAnsweredAsGetIsWithoutABody() throws Exception {
        for (String path : List.of("/health", "/", "/openapi.json")) {
            String head = raw("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            int length = served.get(path).body().getBytes(StandardCharsets.UTF_8).length;
            assertThat(head).startsWith("HTTP/1.1 200").endsWith("\r\n\r\n").contains("Content-Length: " + length);
        }
        String tasks = "/v1/tasks HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        assertThat(raw("HEAD " + tasks)).startsWith("HTTP/1.1 401");
        HttpResponse<String> refused = served.send(HttpRequest.newBuilder(served.at("/health"))
                .header("Authorization", BEARER)
                .DELETE());
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD");
    }

    @Test
    void aNameThatPointsHereWithoutBeingOursIsRefused() throws Exception {
        assertThat(raw("GET /v1/tasks HTTP/1.1\r\nHost: evil.example:8080\r\nAuthorization: " + BEARER
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421")
                .contains("RequestForbidden");
        assertThat(raw("GET /health HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 421");
        assertThat(raw("GET /v1/tasks HTTP/1.1\r\nHost: CLOZE.example:443\r\nAuthorization: " + BEARER
                        + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(raw("GET http://evil.example/v1/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + BEARER
                        + "\r\nConnection: close\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
    }

    /** Kubernetes' probes and Prometheus ask by the address of a pod. */
    @ParameterizedTest
    @CsvSource({
        "10.1.2.3:8080, 200",
        "10.1.2.3, 200",
        "[2001:db8::7]:8080, 200",
        "[::ffff:10.1.2.3], 200",
        "10.1.2.3.evil.example:8080, 421",
        "10.1.2, 421",
        "cafe, 421"
    })
    void anAddressPointsNowhereElse(String authority, int status) throws Exception {
        assertThat(raw("GET /health HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
        String task = "GET /v1/tasks HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\n\r\n";
        assertThat(raw(task)).as("without the token").startsWith("HTTP/1.1 " + (status == 200 ? 401 : status));
    }

    @Test
    void aPageOfAnotherSiteMayAskOnlyWhereItIsNamed() throws Exception {
        String path = "/v1/tasks";
        HttpResponse<String> foreign = served.get(path, "Authorization", BEARER, "Origin", "https://evil.example");
        HttpResponse<String> named = served.get(path, "Authorization", BEARER, "Origin", "https://app.example");
        HttpResponse<String> own =
                served.get(path, "Authorization", BEARER, "Origin", "http://127.0.0.1:" + served.port());
        HttpResponse<String> nowhere = served.get(path, "Authorization", BEARER, "Origin", "null");

        assertThat(foreign.statusCode()).isEqualTo(403);
        assertThat(foreign.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(nowhere.statusCode()).isEqualTo(403);
        assertThat(own.statusCode()).isEqualTo(200);
        assertThat(own.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        assertThat(named.statusCode()).isEqualTo(200);
        assertThat(named.headers().firstValue("Access-Control-Allow-Origin")).contains("https://app.example");
    }

    @Test
    void whatABrowserAsksBeforeIsAnsweredToNamedSitesAlone() throws Exception {
        HttpResponse<String> named = preflight("https://app.example");
        assertThat(named.statusCode()).isEqualTo(204);
        assertThat(named.headers().firstValue("Access-Control-Allow-Headers").orElseThrow())
                .contains("Authorization");
        assertThat(preflight("https://evil.example").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> preflight(String origin) throws IOException, InterruptedException {
        return served.send(HttpRequest.newBuilder(served.at("/v1/tasks/reviews/predict"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST"));
    }

    @Test
    void onlyJsonIsRead() throws Exception {
        for (String type :
                List.of("text/plain", "application/x-www-form-urlencoded", "application/json;charset=latin1")) {
            HttpResponse<String> response = served.send(HttpRequest.newBuilder(served.at("/v1/tasks/reviews/predict"))
                    .header("Content-Type", type)
                    .header("Authorization", BEARER)
                    .POST(HttpRequest.BodyPublishers.ofString(Served.input("a film"))));
            assertThat(response.statusCode()).as(type).isEqualTo(415);
        }
    }

    @Test
    void whatIsNotThereIsSaidSo() throws Exception {
        HttpResponse<String> path = served.get("/v1/task", "Authorization", BEARER);
        HttpResponse<String> task = served.post("/v1/tasks/review/predict", Served.input("x"), "Authorization", BEARER);
        HttpResponse<String> method = served.get("/v1/fill-mask", "Authorization", BEARER);

        assertThat(path.statusCode()).isEqualTo(404);
        assertThat(path.body()).contains("/v1/tasks");
        assertThat(task.statusCode()).isEqualTo(404);
        assertThat(Served.code(task)).isEqualTo("ConfigTaskUnknown");
        assertThat(task.body()).contains("reviews");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).contains("POST");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", served.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
