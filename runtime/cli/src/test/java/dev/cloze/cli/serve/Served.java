package dev.cloze.cli.serve;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.Calibration;
import dev.cloze.annotations.MultiTokenWords;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.cli.serve.http.AccessRules;
import dev.cloze.cli.serve.task.TaskSource;
import dev.cloze.runtime.EngineSettings;
import dev.cloze.runtime.workbench.task.SpokenTask;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A started server on the tiny models, asked over HTTP. */
final class Served implements AutoCloseable {

    static final Map<String, List<String>> WORDS = words();

    private final RunningServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    Served(List<TaskSource> sources, ServeSettings settings) throws IOException {
        this(sources, settings, "cloze-tiny-en");
    }

    Served(List<TaskSource> sources, ServeSettings settings, String model) throws IOException {
        this.server = RunningServer.start(sources, model, settings, Duration.ofMillis(100));
    }

    private static Map<String, List<String>> words() {
        Map<String, List<String>> words = new LinkedHashMap<>();
        words.put("positive", List.of("great", "good"));
        words.put("negative", List.of("terrible", "bad"));
        return words;
    }

    /** Reviews labelled without training, and a model that writes. */
    static List<TaskSource> usual() {
        return new ArrayList<>(List.of(
                TaskSource.untrained("reviews", reviews("{text} It was {mask}.", TuningMethod.PROMPT_FINE_TUNING)),
                TaskSource.writer("writer", SpokenTask.writer("{text}", "cloze-lm-tiny-en"))));
    }

    static SpokenTask reviews(String template, TuningMethod method) {
        return new SpokenTask(
                List.of(template),
                WORDS,
                "cloze-tiny-en",
                method,
                MultiTokenWords.JOINT,
                Calibration.NONE,
                method == TuningMethod.PROMPT_TUNING ? Map.of("promptLength", "4") : Map.of());
    }

    static ServeSettings settings() {
        return settings(AccessRules.of(Optional.empty(), List.of(), List.of()), 256, Duration.ofSeconds(30));
    }

    static ServeSettings settings(AccessRules access, int capacity, Duration timeout) {
        return new ServeSettings(
                "127.0.0.1",
                0,
                access,
                100_000,
                64,
                timeout,
                ServeSettings.IDLE,
                4,
                EngineSettings.defaults().withCapacity(capacity).withDeadline(timeout));
    }

    /** The usual ones, but for how long a connection may be silent and how inputs are gathered. */
    static ServeSettings settings(Duration idle, UnaryOperator<EngineSettings> engine) {
        ServeSettings usual = settings();
        return new ServeSettings(
                usual.host(),
                usual.port(),
                usual.access(),
                usual.mostBytes(),
                usual.mostInputs(),
                usual.timeout(),
                idle,
                usual.streams(),
                engine.apply(usual.engine()));
    }

    URI at(String path) {
        return server.address().resolve(path);
    }

    int port() {
        return server.address().getPort();
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).GET(), headers);
    }

    HttpResponse<String> post(String path, String json, String... headers) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(at(path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json)),
                headers);
    }

    HttpResponse<String> send(HttpRequest.Builder request, String... headers) throws IOException, InterruptedException {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    }

    HttpClient client() {
        return client;
    }

    static JsonObject json(HttpResponse<String> response) {
        JsonElement element = JsonParser.parseString(response.body());
        return element.getAsJsonObject();
    }

    static String code(HttpResponse<String> response) {
        return json(response).get("code").getAsString();
    }

    static String input(String text) {
        JsonObject input = new JsonObject();
        JsonObject columns = new JsonObject();
        columns.addProperty("text", text);
        input.add("input", columns);
        return input.toString();
    }

    RunningServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }
}
