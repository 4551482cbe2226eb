package dev.cloze.spring.boot;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.application.ClozeTasks;
import dev.cloze.spring.boot.tasks.Review;
import dev.cloze.spring.boot.tasks.Sentiment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A started web application, which is asked for the sentiment of reviews. */
final class Shop implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext application;
    private final String address;

    private Shop(ConfigurableApplicationContext application) {
        this.application = application;
        this.address = "http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port");
    }

    /** Starts it with these properties beside the usual. */
    static Shop start(String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--server.port=0",
                "--server.address=127.0.0.1",
                "--spring.main.banner-mode=off",
                "--cloze.zero-shot=true",
                "--cloze.lazy=true",
                "--management.endpoints.web.exposure.include=*",
                "--management.endpoint.health.show-details=always"));
        for (String property : properties) {
            arguments.add("--" + property);
        }
        return new Shop(SpringApplication.run(Application.class, arguments.toArray(String[]::new)));
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration
    @Import(Reviews.class)
    static class Application {}

    @RestController
    static class Reviews {

        private final PromptPipeline<Review, Sentiment> sentiments;

        Reviews(PromptPipeline<Review, Sentiment> sentiments) {
            this.sentiments = sentiments;
        }

        @PostMapping("/reviews")
        String ask(@RequestBody Review review) {
            return sentiments.predict(review).probabilities().toString();
        }

        @ExceptionHandler
        ResponseEntity<String> refused(ClozeException e) {
            return switch (e.problem()) {
                case SERVING_OVERLOADED, SERVING_DEADLINE, PIPELINE_CLOSED ->
                    ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                            .header("Retry-After", "1")
                            .body(e.problem().code());
                default -> throw e;
            };
        }
    }

    CompletableFuture<HttpResponse<String>> askLater(String text) {
        return client.sendAsync(request(text), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> ask(String text) throws IOException, InterruptedException {
        return client.send(request(text), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest request(String text) {
        return HttpRequest.newBuilder(URI.create(address + "/reviews"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"text\": \"" + text + "\"}"))
                .build();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    ClozeTasks tasks() {
        return application.getBean(ClozeTasks.class);
    }

    @Override
    public void close() {
        application.close();
    }
}
