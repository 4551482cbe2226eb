package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Prediction;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.DataRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a started server answers. */
class ServeTest {

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
    void anAnswerIsWhatThePipelineSays() throws Exception {
        HttpResponse<String> response = served.post("/v1/tasks/reviews/predict", Served.input("a great film"));

        assertThat(response.statusCode()).isEqualTo(200);
        JsonObject answer = Served.json(response);
        Prediction<String> alone = alone("a great film");
        assertThat(answer.get("label").getAsString()).isEqualTo(alone.label());
        assertThat(answer.get("probability").getAsDouble()).isCloseTo(alone.probability(), within(1e-5));
        assertThat(answer.getAsJsonArray("words")).hasSize(4);
        assertThat(answer.get("cut").getAsBoolean()).isFalse();
    }

    private static Prediction<String> alone(String text) {
        try (PromptPipeline<DataRow, String> pipeline =
                PromptPipeline.zeroShot(Served.reviews("{text} It was {mask}.", TuningMethod.PROMPT_FINE_TUNING)
                        .declared())) {
            return pipeline.predict(new DataRow(Path.of("test"), 1, Map.of("text", text)));
        }
    }

    @Test
    void aBatchIsAnsweredInItsOrder() throws Exception {
        HttpResponse<String> response = served.post(
                "/v1/tasks/reviews/predict-all", "{\"inputs\": [{\"text\": \"a great film\"}, {\"text\": \"awful\"}]}");

        JsonArray predictions = Served.json(response).getAsJsonArray("predictions");
        assertThat(predictions).hasSize(2);
        assertThat(predictions.get(0).getAsJsonObject().get("probability").getAsDouble())
                .isCloseTo(alone("a great film").probability(), within(1e-5));
        assertThat(predictions.get(1).getAsJsonObject().get("label").getAsString())
                .isEqualTo(alone("awful").label());
    }

    @Test
    void aStreamIsAnsweredLineByLineAndALineThatIsWrongFailsAlone() throws Exception {
        String lines = IntStream.range(0, 600)
                .mapToObj(i -> i == 300 ? "{\"nonsense\": 1}" : "{\"text\": \"film " + i + " was great\"}")
                .collect(Collectors.joining("\n\n"));
        HttpResponse<String> response = served.send(HttpRequest.newBuilder(served.at("/v1/tasks/reviews/stream"))
                .header("Content-Type", "application/x-ndjson")
                .POST(BodyPublishers.ofString(lines)));

        List<JsonObject> answers = response.body()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        assertThat(answers).hasSize(600);
        assertThat(answers.get(300).getAsJsonObject("problem").get("code").getAsString())
                .isEqualTo("RequestUnreadable");
        assertThat(answers.stream().filter(answer -> answer.has("label"))).hasSize(599);
        assertThat(answers.get(599).get("probability").getAsDouble())
                .isCloseTo(alone("film 599 was great").probability(), within(1e-5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\n\n", "\r\n\r\n", "\n  "})
    void whoWaitsForEachAnswerBeforeTheNextLineIsAnswered(String end) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", served.port())) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            out.write(("POST /v1/tasks/reviews/stream HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
                            + " application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            for (int i = 0; i < 3; i++) {
                String line = "{\"text\": \"film " + i + " was great\"}" + end;
                out.write((Integer.toHexString(line.length()) + "\r\n" + line + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                String answer = in.readLine();
                while (!answer.startsWith("{")) { // heads and sizes of chunks
                    answer = in.readLine();
                }
                assertThat(answer).contains("\"label\"");
            }
        }
    }

    @Test
    void anOptionForDrawsWithoutATemperatureIsRefused() throws Exception {
        String request = "{\"input\": {\"text\": \"The film\"}, \"maxTokens\": 3, \"seed\": 7, \"temperature\": ";
        HttpResponse<String> idle = served.post("/v1/tasks/writer/generate", request + "0}");

        assertThat(idle.statusCode()).isEqualTo(422);
        assertThat(Served.code(idle)).isEqualTo("GenerationOptionOutOfRange");
        assertThat(idle.body()).contains("seed does nothing where temperature is 0.");
        assertThat(served.post("/v1/tasks/writer/generate", request + "0.7}").statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTextComesWholeOrPieceByPiece() throws Exception {
        String request = "{\"input\": {\"text\": \"The film\"}, \"maxTokens\": 12}";
        JsonObject whole = Served.json(served.post("/v1/tasks/writer/generate", request));
        HttpResponse<String> events = served.post("/v1/tasks/writer/generate", request, "Accept", "text/event-stream");

        assertThat(events.headers().firstValue("Content-Type")).contains("text/event-stream");
        String pieces = events.body()
                .lines()
                .filter(line -> line.startsWith("data: {\"text\":") && !line.contains("tokens"))
                .map(line -> JsonParser.parseString(line.substring(6))
                        .getAsJsonObject()
                        .get("text")
                        .getAsString())
                .collect(Collectors.joining());
        assertThat(pieces).isNotEmpty().isEqualTo(whole.get("text").getAsString());
        assertThat(events.body()).contains("event: end\n").endsWith("\n\n");
        assertThat(whole.get("reason").getAsString()).isEqualTo("max_tokens");
        assertThat(whole.get("tokens").getAsInt()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json, text/event-stream",
                "Text/Event-Stream; charset=utf-8",
                "application/json;q=0.5,text/event-stream"
            })
    void eventsComeHoweverTheyAreAccepted(String accepted) throws Exception {
        String request = "{\"input\": {\"text\": \"The film\"}, \"maxTokens\": 2}";
        HttpResponse<String> response = served.post("/v1/tasks/writer/generate", request, "Accept", accepted);

        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "text/event-streams", "application/json, text/event-stream;q=0"})
    void aTextComesWholeWhereEventsAreNotAccepted(String accepted) throws Exception {
        String request = "{\"input\": {\"text\": \"The film\"}, \"maxTokens\": 2}";
        HttpResponse<String> response = served.post("/v1/tasks/writer/generate", request, "Accept", accepted);

        assertThat(Served.json(response).get("tokens").getAsInt()).isEqualTo(2);
    }

    @Test
    void aMaskIsFilled() throws Exception {
        JsonObject answer = Served.json(
                served.post("/v1/fill-mask", "{\"text\": \"Paris is the capital of {mask}.\", \"top\": 3}"));

        assertThat(answer.getAsJsonArray("fillings")).hasSize(3);
        assertThat(answer.get("model").getAsString()).isEqualTo("cloze-tiny-en");
    }

    @Test
    void tasksAreListedWithWhatTheyAsk() throws Exception {
        JsonArray tasks = Served.json(served.get("/v1/tasks")).getAsJsonArray("tasks");

        assertThat(tasks).hasSize(2);
        JsonObject reviews = tasks.get(0).getAsJsonObject();
        assertThat(reviews.get("name").getAsString()).isEqualTo("reviews");
        assertThat(reviews.getAsJsonArray("columns").toString()).isEqualTo("[\"text\"]");
        assertThat(reviews.getAsJsonObject("labels").keySet()).containsExactly("positive", "negative");
    }

    @Test
    void theWorkbenchShowsEachTemplateByItself() throws Exception {
        JsonObject answer = Served.json(served.post(
                "/v1/workbench/read",
                "{\"templates\": [\"{text} It was {mask}.\", \"{text} It {was\"], \"labels\": {\"positive\": [\"great\"],"
                        + " \"negative\": [\"bad\"]}, \"texts\": {\"text\": \"" + "good film ".repeat(400)
                        + "\"}, \"top\": 4}"));

        JsonArray readings = answer.getAsJsonArray("readings");
        JsonObject first = readings.get(0).getAsJsonObject();
        assertThat(first.getAsJsonArray("fillings")).hasSize(4);
        assertThat(first.getAsJsonObject("prediction").get("cut").getAsBoolean())
                .isTrue();
        JsonObject cut = first.getAsJsonArray("cuts").get(0).getAsJsonObject();
        assertThat(cut.get("placeholder").getAsString()).isEqualTo("text");
        assertThat(cut.get("to").getAsInt()).isBetween(100, 3999);
        assertThat(readings.get(1)
                        .getAsJsonObject()
                        .getAsJsonObject("problem")
                        .get("code")
                        .getAsString())
                .isEqualTo("TemplateSyntax");
    }

    @Test
    void labelledExamplesTellHowWellATemplateDoes() throws Exception {
        JsonObject answer = Served.json(served.post(
                "/v1/workbench/evaluate",
                "{\"templates\": [\"{text} It was {mask}.\"], \"labels\": {\"positive\": [\"great\", \"good\"],"
                        + " \"negative\": [\"terrible\", \"bad\"]}, \"examples\": [{\"texts\": {\"text\": \"a great"
                        + " film\"}, \"label\": \"positive\"}, {\"texts\": {\"text\": \"a great film\"}, \"label\":"
                        + " \"negative\"}]}"));

        JsonObject result = answer.getAsJsonArray("results").get(0).getAsJsonObject();
        assertThat(result.get("n").getAsInt()).isEqualTo(2);
        assertThat(result.get("right").getAsInt()).isEqualTo(1);
        assertThat(result.get("accuracy").getAsDouble()).isEqualTo(0.5);
    }

    @Test
    void whatWasTriedComesAsAClass() throws Exception {
        String source = Served.json(served.post(
                        "/v1/workbench/java",
                        "{\"name\": \"com.acme.Review\", \"templates\": [\"{text} It was {mask}.\"], \"labels\":"
                                + " {\"positive\": [\"great\"], \"negative\": [\"bad\"]}}"))
                .get("source")
                .getAsString();

        assertThat(source).contains("package com.acme;", "@Template(\"{text} It was {mask}.\")", "record Review");
    }

    @Test
    void numbersAreInPrometheusTextFormat() throws Exception {
        var unused = served.post("/v1/tasks/reviews/predict", Served.input("a great film"));
        HttpResponse<String> response = served.get("/metrics");

        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/plain; version=0.0.4");
        assertThat(response.body().lines())
                .allMatch(line -> line.matches("# (HELP|TYPE) [a-z_]+ .*")
                        || line.matches("[a-z_]+(\\{([a-z]+=\"[^\"]*\",?)+})? [0-9.eE+-]+|.*\\+Inf.*"));
        assertThat(response.body())
                .contains("cloze_predict_seconds_bucket{outcome=\"ok\",task=\"reviews\",le=\"0.5\"}")
                .contains("cloze_queue_answered_total ");
    }

    @Test
    void itIsHealthy() throws Exception {
        HttpResponse<String> response = served.get("/health");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Served.json(response).get("status").getAsString()).isEqualTo("up");
    }
}
