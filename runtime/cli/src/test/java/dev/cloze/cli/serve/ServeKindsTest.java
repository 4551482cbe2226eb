package dev.cloze.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.cli.CommandRun;
import dev.cloze.cli.serve.task.TaskSource;
import dev.cloze.runtime.ClozeAnswer;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.ExtractionTrainer;
import dev.cloze.runtime.FoundSpan;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.RegressionTrainer;
import dev.cloze.runtime.Span;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Saved pipelines of each kind over HTTP: with weights of their own and without, as they answer by themselves. */
class ServeKindsTest {

    private static final String TEXT = "We had pizza at Alma.";
    private static final DataRow INPUT = row(TEXT);

    @TempDir
    static Path folder;

    private static Served served;
    private static JsonNode api;
    private static double number;
    private static double tunedNumber;
    private static ClozeAnswer ranked;
    private static ClozeAnswer open;
    private static List<FoundSpan<String>> asked;
    private static List<FoundSpan<String>> tagged;

    private static DataRow row(String text) {
        return new DataRow(Path.of("test"), 1, Map.of("text", text));
    }

    private static TaskTuning by(TuningMethod method) {
        return TaskTuning.of(method, "cloze-tiny-en");
    }

    private static RegressionTask<DataRow> ratings() {
        return RegressionTask.of(DataRow.class)
                .template("{text} It was {mask}.")
                .placeholder("text", row -> row.get("text"))
                .scale(-2, 5, "terrible", "great")
                .tuning(by(TuningMethod.PROMPT_FINE_TUNING))
                .build();
    }

    private static ClozeTask<DataRow> gaps(String... candidates) {
        return ClozeTask.of(DataRow.class)
                .template("{text} It was {mask}.")
                .placeholder("text", row -> row.get("text"))
                .candidates(candidates)
                .tuning(by(TuningMethod.PROMPT_FINE_TUNING))
                .build();
    }

    private static ExtractionTask<DataRow, String> meals(TuningMethod method) {
        return ExtractionTask.of(DataRow.class, String.class)
                .template("{text|spans} {span} is a {mask}")
                .placeholder("text", row -> row.get("text"))
                .label("NAME", "place")
                .label("DISH", "food")
                .spans(3, 1.5, "mistake")
                .tuning(by(method))
                .build();
    }

    @BeforeAll
    static void started() throws Exception {
        try (RegressionPipeline<DataRow> ratings = RegressionPipeline.zeroShot(ratings())) {
            number = ratings.predict(INPUT);
            ratings.save(folder.resolve("ratings"));
        }
        try (RegressionPipeline<DataRow> tuned = RegressionTrainer.of(ratings())
                .method(TuningMethod.FINE_TUNING)
                .quiet()
                .options(options -> options.withMaxSteps(2))
                .fit(List.of(new Rated<>(row("great"), 4), new Rated<>(row("bad"), 0)))) {
            tunedNumber = tuned.predict(INPUT);
            tuned.save(folder.resolve("tuned-ratings"));
        }
        try (ClozePipeline<DataRow> gaps = ClozePipeline.zeroShot(gaps("great", "good", "bad"))) {
            ranked = gaps.predict(INPUT);
            gaps.save(folder.resolve("gaps"));
        }
        try (ClozePipeline<DataRow> gaps = ClozePipeline.zeroShot(gaps())) {
            open = gaps.predict(INPUT);
            gaps.save(folder.resolve("open-gaps"));
        }
        try (ExtractionPipeline<DataRow, String> meals =
                ExtractionPipeline.zeroShot(meals(TuningMethod.PROMPT_FINE_TUNING))) {
            asked = meals.extract(INPUT);
            meals.save(folder.resolve("asked-meals"));
        }
        try (ExtractionPipeline<DataRow, String> meals = ExtractionTrainer.of(meals(TuningMethod.FINE_TUNING))
                .quiet()
                .options(
                        options -> options.withMaxSteps(60).withEvaluateEvery(0).withLearningRate(1e-3))
                .fit(Collections.nCopies(
                        8, new Extracted<>(INPUT, List.of(new Span<>(7, 12, "DISH"), new Span<>(16, 20, "NAME")))))) {
            tagged = meals.extract(INPUT);
            meals.save(folder.resolve("tagged-meals"));
        }
        served = new Served(
                List.of("ratings", "tuned-ratings", "gaps", "open-gaps", "asked-meals", "tagged-meals").stream()
                        .map(name -> TaskSource.saved(name, folder.resolve(name)))
                        .toList(),
                Served.settings());
        api = new ObjectMapper().readTree(served.get("/openapi.json").body());
    }

    @AfterAll
    static void stopped() {
        served.close();
    }

    private static JsonObject predict(String task) throws Exception {
        HttpResponse<String> response = served.post("/v1/tasks/" + task + "/predict", Served.input(TEXT));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        OpenApiTest.assertValid(api, api.get("components").get("schemas").get("AnyPrediction"), response.body());
        return Served.json(response);
    }

    @Test
    void numbersAreThoseOfThePipelines() throws Exception {
        assertThat(predict("ratings").get("value").getAsDouble()).isCloseTo(number, within(1e-4));
        assertThat(predict("tuned-ratings").get("value").getAsDouble()).isCloseTo(tunedNumber, within(1e-4));
    }

    @Test
    void wordsAreRankedAsThePipelinesRankThem() throws Exception {
        assertWords(predict("gaps"), ranked);
        assertWords(predict("open-gaps"), open);
    }

    private static void assertWords(JsonObject answer, ClozeAnswer wanted) {
        JsonArray words = answer.getAsJsonArray("words");
        assertThat(words).hasSameSizeAs(wanted.words());
        JsonObject best = words.get(0).getAsJsonObject();
        assertThat(best.get("word").getAsString()).isEqualTo(wanted.best());
        assertThat(best.get("probability").getAsDouble())
                .isCloseTo(wanted.words().get(0).probability(), within(1e-5));
        assertThat(best.get("logProbability").getAsDouble())
                .isCloseTo(wanted.words().get(0).logProbability(), within(1e-4));
    }

    @Test
    void candidatesComeWithAnInputOfATaskThatRanksWordsAndOfNoOther() throws Exception {
        String body = "{\"input\": {\"text\": \"a film\"}, \"candidates\": [\"great\", \"dull\"]}";
        HttpResponse<String> words = served.post("/v1/tasks/open-gaps/predict", body);
        assertThat(words.statusCode()).as(words.body()).isEqualTo(200);
        assertThat(Served.json(words).getAsJsonArray("words")).hasSize(2);

        HttpResponse<String> numbers = served.post("/v1/tasks/ratings/predict", body);
        assertThat(numbers.statusCode()).isEqualTo(400);
        assertThat(numbers.body()).contains("candidates", "It may have: input.");
    }

    @Test
    void spansAreThoseOfThePipelines() throws Exception {
        assertSpans(predict("asked-meals"), asked);
        assertThat(tagged).isNotEmpty();
        assertSpans(predict("tagged-meals"), tagged);
    }

    private static void assertSpans(JsonObject answer, List<FoundSpan<String>> wanted) {
        JsonArray spans = answer.getAsJsonArray("spans");
        assertThat(spans).hasSameSizeAs(wanted);
        for (int i = 0; i < wanted.size(); i++) {
            JsonObject span = spans.get(i).getAsJsonObject();
            assertThat(span.get("start").getAsInt())
                    .isEqualTo(wanted.get(i).span().start());
            assertThat(span.get("end").getAsInt())
                    .isEqualTo(wanted.get(i).span().end());
            assertThat(span.get("label").getAsString()).isEqualTo(wanted.get(i).label());
            assertThat(span.get("text").getAsString()).isEqualTo(wanted.get(i).text());
            assertThat(span.get("probability").getAsDouble())
                    .isCloseTo(wanted.get(i).probability(), within(1e-4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ratings", "tuned-ratings", "gaps", "asked-meals", "tagged-meals"})
    void batchesAndStreamsGoThroughTheSameQueue(String task) throws Exception {
        HttpResponse<String> batch = served.post(
                "/v1/tasks/" + task + "/predict-all",
                "{\"inputs\": [{\"text\": \"" + TEXT + "\"}, {\"text\": \"great\"}]}");
        assertThat(batch.statusCode()).as(batch.body()).isEqualTo(200);
        OpenApiTest.assertValid(api, api.get("components").get("schemas").get("Predictions"), batch.body());
        assertThat(Served.json(batch).getAsJsonArray("predictions")).hasSize(2);

        HttpResponse<String> stream = served.send(
                HttpRequest.newBuilder(served.at("/v1/tasks/" + task + "/stream"))
                        .POST(BodyPublishers.ofString("{\"text\": \"" + TEXT + "\"}\n{\"txt\": \"\"}\n")),
                "Content-Type",
                "application/x-ndjson");
        assertThat(stream.body().lines()).hasSize(2);
        assertThat(stream.body()).contains("RequestUnreadable");
    }

    /** On the command line they come as columns, equal to what the server answers. */
    @Test
    void filesArePredictedByPipelinesOfEachKind() throws Exception {
        Path file = Files.writeString(folder.resolve("texts.csv"), "id,text\n7," + TEXT + "\n");
        assertThat(predicted("tuned-ratings", file).get("predicted").getAsDouble())
                .isCloseTo(tunedNumber, within(1e-4));
        JsonObject word = predicted("open-gaps", file);
        assertThat(word.get("predicted").getAsString()).isEqualTo(open.best());
        assertThat(word.get("probability").getAsDouble())
                .isCloseTo(open.words().get(0).probability(), within(1e-5));
        JsonObject spans = new JsonObject();
        spans.add("spans", predicted("tagged-meals", file).getAsJsonArray("predicted"));
        assertSpans(spans, tagged);

        CommandRun csv = CommandRun.here("predict", "--pipeline", at("asked-meals"), file.toString());
        assertThat(csv.errors()).isEmpty();
        assertThat(csv.out().lines().findFirst()).contains("id,text,predicted");
        CommandRun wrong = CommandRun.here("predict", "--probabilities", "--pipeline", at("ratings"), file.toString());
        assertThat(wrong.errors()).contains("--probabilities is of labels");
    }

    private static String at(String task) {
        return folder.resolve(task).toString();
    }

    private static JsonObject predicted(String task, Path file) throws IOException {
        Path output = folder.resolve(task + ".jsonl");
        CommandRun run =
                CommandRun.here("predict", "--pipeline", at(task), "--output", output.toString(), file.toString());
        assertThat(run.errors()).isEmpty();
        JsonObject record = JsonParser.parseString(Files.readString(output)).getAsJsonObject();
        assertThat(record.get("id").getAsString()).isEqualTo("7");
        return record;
    }

    @Test
    void tasksAreListedByTheirKind() throws Exception {
        HttpResponse<String> response = served.get("/v1/tasks");
        OpenApiTest.assertValid(api, api.get("components").get("schemas").get("Tasks"), response.body());
        assertThat(response.body())
                .contains("\"kind\":\"regression\"", "\"kind\":\"cloze\"", "\"kind\":\"extraction\"")
                .contains("\"columns\":[\"text\"]")
                .doesNotContain("\"columns\":[\"text\",\"span\"]");
    }
}
