package dev.cloze.benchmarks;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The Python process that does what Cloze does, on request; {@code peer.py} describes the requests. */
final class Peer implements AutoCloseable {

    private static final Gson GSON = new Gson();

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final JsonObject versions;

    private Peer(Process process) throws IOException {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.versions = read().getAsJsonObject("versions");
    }

    static Peer start(Settings settings) throws IOException {
        return start(settings, settings.python(), "peer.py");
    }

    /** One with another interpreter and another script, whose requests are of the same form. */
    static Peer start(Settings settings, Path python, String script) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        python.toString(), settings.scripts().resolve(script).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(settings.threads()));
        return new Peer(builder.start());
    }

    /** Such as {@code python 3.11.2, torch 2.7.1+cpu, transformers 4.57.1}. */
    String versions() {
        StringBuilder text = new StringBuilder();
        versions.asMap().forEach((name, version) -> text.append(text.isEmpty() ? "" : ", ")
                .append(name)
                .append(' ')
                .append(version.getAsString()));
        return text.toString();
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    void load(Shape shape, int threads) throws IOException {
        ask("load", Map.of("model", shape.folder().toString(), "threads", threads));
    }

    /** The answer to one operation. */
    JsonObject ask(String operation, Map<String, ?> options) throws IOException {
        Map<String, Object> request = new TreeMap<>(options);
        request.put("op", operation);
        requests.write(GSON.toJson(request));
        requests.newLine();
        requests.flush();
        return read();
    }

    /** The form of their optimizer by which a training takes the least time, each tried once. */
    String fastestOptimizer(String operation, Map<String, ?> options) throws IOException {
        String fastest = "";
        double least = Double.POSITIVE_INFINITY;
        Map<String, Object> tried = new TreeMap<>(options);
        for (String optimizer : List.of("fused", "foreach", "single")) {
            tried.put("optimizer", optimizer);
            double seconds = Duel.median(numbers(ask(operation, tried).get("seconds")));
            if (seconds < least) {
                fastest = optimizer;
                least = seconds;
            }
        }
        return fastest;
    }

    private JsonObject read() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("The Python side has ended; its last words are on standard error.");
        }
        JsonObject answer = JsonParser.parseString(line).getAsJsonObject();
        if (!answer.get("ok").getAsBoolean()) {
            throw new IOException(
                    "The Python side failed: " + answer.get("error").getAsString());
        }
        return answer;
    }

    static double[] numbers(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .mapToDouble(JsonElement::getAsDouble)
                .toArray();
    }

    static double[][] matrix(JsonElement rows) {
        JsonArray array = rows.getAsJsonArray();
        return array.asList().stream().map(Peer::numbers).toArray(double[][]::new);
    }

    @Override
    public void close() throws IOException {
        requests.close(); // the end of its input is the end of it
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
    }
}
