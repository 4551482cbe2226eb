package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.Extracted;
import dev.cloze.runtime.ExtractionPipeline;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionEvaluation;
import dev.cloze.runtime.RegressionPipeline;
import dev.cloze.runtime.Span;
import dev.cloze.runtime.TextPair;
import dev.cloze.runtime.TextPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.spi.ClozeTask;
import dev.cloze.runtime.spi.ExtractionTask;
import dev.cloze.runtime.spi.RegressionTask;
import dev.cloze.runtime.spi.TaskTuning;
import dev.cloze.runtime.spi.TextTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cloze evaluate} of saved pipelines that give no labels: it says what the pipeline itself says. */
class EvaluateKindsTest {

    private static final String GOOD = "A fine film";
    private static final String MEAL = "We had pizza at Alma.";

    @TempDir
    Path folder;

    private Path saved;
    private Path file;

    @BeforeEach
    void named() {
        saved = folder.resolve("saved");
        file = folder.resolve("right.csv");
    }

    private static DataRow row(String text) {
        return new DataRow(Path.of("test"), 1, Map.of("text", text));
    }

    private static TaskTuning tuning(String model) {
        return TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, model);
    }

    private CommandRun evaluated(String rows, String... more) throws IOException {
        Files.writeString(file, rows);
        List<String> arguments = new ArrayList<>(List.of("evaluate", "--pipeline", saved.toString()));
        arguments.addAll(List.of(more));
        arguments.add(file.toString());
        return CommandRun.here(arguments.toArray(String[]::new));
    }

    private void saveRatings() {
        RegressionTask<DataRow> task = RegressionTask.of(DataRow.class)
                .template("{text} It was {mask}.")
                .placeholder("text", row -> row.get("text"))
                .scale(0, 5, "terrible", "great")
                .tuning(tuning("cloze-tiny-en"))
                .build();
        try (RegressionPipeline<DataRow> ratings = RegressionPipeline.zeroShot(task)) {
            ratings.save(saved);
            expected = ratings.evaluate(List.of(new Rated<>(row(GOOD), 4.5), new Rated<>(row("Awful"), 1)));
            alone = ratings.evaluate(List.of(new Rated<>(row(GOOD), 4.5)));
        }
    }

    private RegressionEvaluation expected = new RegressionEvaluation(0, 0, 0, 0, 0);
    private RegressionEvaluation alone = expected;

    @Test
    void numbers() throws IOException {
        saveRatings();
        CommandRun run = evaluated("text,label\n" + GOOD + ",4.5\nAwful,1\n");
        assertThat(run.out().strip()).isEqualTo(expected.toString());
        JsonObject json = json(evaluated("text,stars\n" + GOOD + ",4.5\n", "--json", "--label-column", "stars"));
        assertThat(json.get("meanSquaredError").getAsDouble()).isCloseTo(alone.meanSquaredError(), within(1e-9));
        assertThat(json.get("pearson").isJsonNull()).isTrue();
        assertThat(json.get("n").getAsInt()).isOne();
    }

    @Test
    void whatIsNoNumberIsTold() throws IOException {
        saveRatings();
        CommandRun run = evaluated("text,label\n" + GOOD + ",4.5\nAwful,bad\n");
        assertThat(run.code()).isOne();
        assertThat(run.errors())
                .contains("[DataUnreadable] Line 3 of right.csv has \"bad\" in \"label\", which is no number.")
                .contains("name the column that has it");
        assertThat(evaluated("text,label\n" + GOOD + ",9\n").errors()).contains("[ScaleValueOutside]");
        assertThat(evaluated("text,label\n" + GOOD + ",4\n", "--label-value", "1=good")
                        .errors())
                .contains("--label-value is of labels");
        assertThat(evaluated("text,label\n" + GOOD + ",4\n", "--template", "{text} {mask}")
                        .errors())
                .contains("--pipeline has a template");
    }

    @Test
    void words() throws IOException {
        ClozeTask<DataRow> task = ClozeTask.of(DataRow.class)
                .template("{text} It was {mask}.")
                .placeholder("text", row -> row.get("text"))
                .candidates("great", "good", "bad")
                .tuning(tuning("cloze-tiny-en"))
                .build();
        String expected;
        try (ClozePipeline<DataRow> gaps = ClozePipeline.zeroShot(task)) {
            gaps.save(saved);
            expected = gaps.evaluate(List.of(new Answered<>(row(GOOD), "good"), new Answered<>(row("Awful"), "bad")))
                    .toString();
        }
        assertThat(evaluated("text,label\n" + GOOD + ",good\nAwful,bad\n").out().strip())
                .isEqualTo(expected);
    }

    @Test
    void spansAsPredictWritesThem() throws IOException {
        ExtractionTask<DataRow, String> task = ExtractionTask.of(DataRow.class, String.class)
                .template("{text|spans} {span} is a {mask}")
                .placeholder("text", row -> row.get("text"))
                .label("NAME", "place")
                .label("DISH", "food")
                .spans(3, 1.5, "mistake")
                .tuning(tuning("cloze-tiny-en"))
                .build();
        String expected;
        try (ExtractionPipeline<DataRow, String> meals = ExtractionPipeline.zeroShot(task)) {
            meals.save(saved);
            expected = meals.evaluate(List.of(
                            new Extracted<>(row(MEAL), List.of(new Span<>(7, 12, "DISH"), new Span<>(16, 20, "NAME")))))
                    .toString();
        }
        String right = "[{\"\"start\"\":7,\"\"end\"\":12,\"\"label\"\":\"\"DISH\"\"},"
                + "{\"\"start\"\":16,\"\"end\"\":20,\"\"label\"\":\"\"NAME\"\"}]";
        assertThat(evaluated("text,label\n" + MEAL + ",\"" + right + "\"\n")
                        .out()
                        .strip())
                .isEqualTo(expected);
        Files.writeString(folder.resolve("texts.csv"), "text\n" + MEAL + "\n");
        Path predicted = folder.resolve("predicted.jsonl");
        CommandRun.here(
                "predict",
                "--pipeline",
                saved.toString(),
                "--output",
                predicted.toString(),
                folder.resolve("texts.csv").toString());
        CommandRun own = CommandRun.here(
                "evaluate",
                "--pipeline",
                saved.toString(),
                "--json",
                "--label-column",
                "predicted",
                predicted.toString());
        assertThat(json(own).get("precision").getAsDouble())
                .as("what it found itself is all right")
                .isEqualTo(json(own).get("recall").getAsDouble());
        assertThat(evaluated("text,label\n" + MEAL + ",pizza\n").errors()).contains("which is no list of spans");
        assertThat(evaluated("text,label\n" + MEAL + ",\"[{\"\"start\"\":7}]\"\n")
                        .errors())
                .contains("which is no list of spans");
    }

    @Test
    void texts() throws IOException {
        TextTask<DataRow> task = TextTask.of(DataRow.class)
                .template("{text} =>")
                .placeholder("text", row -> row.get("text"))
                .tuning(tuning("cloze-lm-tiny-en"))
                .build();
        String expected;
        try (TextPipeline<DataRow> writer = TextPipeline.pretrained(task)) {
            writer.save(saved);
            expected = writer.evaluate(List.of(
                            new TextPair<>(row(GOOD), "fine"),
                            new TextPair<>(row(GOOD), "good"),
                            new TextPair<>(row("Awful"), "bad")))
                    .toString();
        }
        assertThat(expected).endsWith("n 2");
        assertThat(evaluated("text,label\n" + GOOD + ",fine\n" + GOOD + ",good\nAwful,bad\n")
                        .out()
                        .strip())
                .isEqualTo(expected);
    }

    private static JsonObject json(CommandRun run) {
        assertThat(run.code()).as(run.errors()).isZero();
        return JsonParser.parseString(run.out()).getAsJsonObject();
    }
}
