package dev.cloze.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import dev.cloze.build.Review.Author;
import dev.cloze.build.Review.Sentiment;
import dev.cloze.runtime.Answered;
import dev.cloze.runtime.ClozeEvaluation;
import dev.cloze.runtime.ClozePipeline;
import dev.cloze.runtime.Evaluation;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.Rated;
import dev.cloze.runtime.RegressionEvaluation;
import dev.cloze.runtime.RegressionPipeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZeroShotCheckTest {

    private static final String CSV = """
            label,review,author.name
            pos,A wonderful film that I loved.,Ada
            negative,A boring film that I hated.,Bob
            POSITIVE,The food was great.,Cleo
            neg,The food was bad and cold.,Dan
            neg,I would not go again.,Eve
            """;

    private static final List<String> SETTINGS = List.of(
            "task=" + Review.class.getName(),
            "minimum=0",
            "column.text=review",
            "label.pos=POSITIVE",
            "label.neg=NEGATIVE");

    @TempDir
    private Path folder;

    private Path file;

    @BeforeAll
    static void quick() {
        System.setProperty("cloze.quick", "true");
    }

    @AfterAll
    static void asBefore() {
        System.clearProperty("cloze.quick");
    }

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("reviews.csv"), CSV);
    }

    @Test
    void recordsOfAFileAreMeasuredAsObjectsAre() throws IOException {
        Path report = folder.resolve("new/report.json");
        assertThat(run("report=" + report)).as(failure()).isZero();
        Evaluation<Sentiment> objects = ofObjects();
        var figures = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
        assertThat(figures.get("accuracy").getAsDouble()).isEqualTo(objects.accuracy());
        assertThat(figures.get("macroF1").getAsDouble()).isEqualTo(objects.macroF1());
        assertThat(figures.get("n").getAsInt()).isEqualTo(5);
        assertThat(figures.get("labels").toString()).isEqualTo("[\"POSITIVE\",\"NEGATIVE\"]");
    }

    private static Evaluation<Sentiment> ofObjects() {
        try (PromptPipeline<Review, Sentiment> pipeline = ReviewPipeline.zeroShot()) {
            return pipeline.evaluate(List.of(
                    example("A wonderful film that I loved.", "Ada", Sentiment.POSITIVE),
                    example("A boring film that I hated.", "Bob", Sentiment.NEGATIVE),
                    example("The food was great.", "Cleo", Sentiment.POSITIVE),
                    example("The food was bad and cold.", "Dan", Sentiment.NEGATIVE),
                    example("I would not go again.", "Eve", Sentiment.NEGATIVE)));
        }
    }

    private static Labeled<Review, Sentiment> example(String text, String author, Sentiment label) {
        return new Labeled<>(new Review(text, new Author(author)), label);
    }

    @Test
    void whatIsNoSettingIsRefusedBeforeAModelIsOpened() throws IOException {
        assertThat(run("minimum=1.5")).isEqualTo(1);
        assertThat(failure()).contains("[ConfigSetting]", "is 1.5, and no measure is outside 0 to 1");
        assertThat(run("minimum=eighty")).isEqualTo(1);
        assertThat(failure()).contains("[ConfigSetting] The bar is \"eighty\"");
        assertThat(run("minimum=NaN")).isEqualTo(1);
        assertThat(failure()).contains("[ConfigSetting]");
        assertThat(run("metric=f2")).isEqualTo(1);
        assertThat(failure()).contains("[ConfigSetting] There is no measure \"f2\"");
        assertThat(run("label.good=POSITIV")).isEqualTo(1);
        assertThat(failure()).contains("[ConfigSetting]", "good means POSITIV", "They are: POSITIVE, NEGATIVE.");
        assertThat(run("column.txt=review")).isEqualTo(1);
        assertThat(failure())
                .contains("[ConfigSetting]", "the column review for txt, which is no placeholder", "They are: text, ");
        assertThat(run("task=" + Greeting.class.getName())).isEqualTo(1);
        assertThat(failure())
                .contains("[ConfigSetting]", "of the kind CLOZE", "Set the metric to PRECISION_AT_1 or MRR.");
        assertThat(run("task=dev.cloze.build.Revue")).isEqualTo(1);
        assertThat(failure()).contains("[ConfigTaskUnknown]", "Did you mean \"dev.cloze.build.Review\"?");
    }

    @Test
    void filesThatDontFitAreRefused() throws IOException {
        assertThat(run("file=" + folder.resolve("none.csv"))).isEqualTo(1);
        assertThat(failure()).contains("[DataUnreadable] There is no file");
        assertThat(run("file=" + folder.resolve("none.xlsx"))).isEqualTo(1);
        assertThat(failure()).contains("[DataUnreadable]", "does not say how it is written");
        assertThat(run("labelColumn=sentiment")).isEqualTo(1);
        assertThat(failure()).contains("[DataUnreadable]", "has no \"sentiment\"");
        assertThat(run("column.text=txt")).isEqualTo(1);
        assertThat(failure()).contains("[DataUnreadable]", "has no \"txt\"");
        Files.writeString(file, CSV + "mixed,So so.,Eve\n");
        assertThat(run()).isEqualTo(1);
        assertThat(failure()).contains("[DataLabelUnknown]", "\"mixed\" on line 7", "setting \"labels\"");
    }

    @Test
    void aBarThatIsMissedIsNeitherAFailureToMeasureNorAPass() throws IOException {
        Files.writeString(file, CSV + "positive,bad bad bad,Eve\nnegative,great great great,Eve\n");
        assertThat(run("minimum=1")).isEqualTo(ZeroShotMain.BELOW_BAR);
        assertThat(failure()).contains("[EvaluationBelowBar]", "below the bar of 1.0000", "asked about 7 texts");
    }

    @Test
    void numbersAreMeasuredByTheirCorrelation() throws IOException {
        Files.writeString(file, "review,rating\nA great film.,4.5\nA terrible film.,0.5\nIt was great.,5\nBad.,1\n");
        Path report = folder.resolve("report.json");
        List<String> settings = List.of(
                "task=" + Rating.class.getName(), "column.text=review", "labelColumn=rating", "report=" + report);
        assertThat(only(settings, "metric=PEARSON", "minimum=0")).as(failure()).isIn(0, ZeroShotMain.BELOW_BAR);
        try (RegressionPipeline<Rating> pipeline = RatingPipeline.zeroShot()) {
            RegressionEvaluation wanted = pipeline.evaluate(List.of(
                    new Rated<>(new Rating("A great film."), 4.5),
                    new Rated<>(new Rating("A terrible film."), 0.5),
                    new Rated<>(new Rating("It was great."), 5),
                    new Rated<>(new Rating("Bad."), 1)));
            var figures = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
            assertThat(figures.get("pearson").getAsDouble()).isEqualTo(wanted.pearson());
            assertThat(figures.get("meanSquaredError").getAsDouble()).isEqualTo(wanted.meanSquaredError());
            assertThat(figures.get("n").getAsInt()).isEqualTo(4);
        }
        assertThat(only(settings, "metric=ACCURACY", "minimum=0")).isEqualTo(1);
        assertThat(failure()).contains("of the kind REGRESSION", "PEARSON or SPEARMAN");
        Files.writeString(file, "review,rating\nA great film.,four\n");
        assertThat(only(settings, "metric=SPEARMAN", "minimum=0")).isEqualTo(1);
        assertThat(failure()).contains("[DataUnreadable] Line 2", "\"four\"", "no number");
    }

    @Test
    void wordsAreMeasuredByTheirRank() throws IOException {
        Files.writeString(file, "name,label\nAda,yes\nBob,no\nCleo,yes\n");
        Path report = folder.resolve("report.json");
        List<String> settings = List.of("task=" + Greeting.class.getName(), "report=" + report);
        assertThat(only(settings, "metric=MRR", "minimum=0.5")).as(failure()).isZero();
        try (ClozePipeline<Greeting> pipeline = GreetingPipeline.zeroShot()) {
            ClozeEvaluation wanted = pipeline.evaluate(List.of(
                    new Answered<>(new Greeting("Ada"), "yes"),
                    new Answered<>(new Greeting("Bob"), "no"),
                    new Answered<>(new Greeting("Cleo"), "yes")));
            var figures = JsonParser.parseString(Files.readString(report)).getAsJsonObject();
            assertThat(figures.get("meanReciprocalRank").getAsDouble()).isEqualTo(wanted.meanReciprocalRank());
            assertThat(figures.get("precisionAt1").getAsDouble()).isEqualTo(wanted.precisionAt(1));
        }
        assertThat(only(settings, "metric=PRECISION_AT_1", "minimum=1")).isEqualTo(ZeroShotMain.BELOW_BAR);
        assertThat(failure()).contains("a P@1 of 0.", "below the bar of 1.0000");
    }

    private int only(List<String> settings, String... more) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("file=" + file);
        arguments.add("failure=" + folder.resolve("failure.txt"));
        arguments.addAll(List.of(more));
        return ZeroShotMain.run(arguments, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    }

    private String failure() throws IOException {
        Path failure = folder.resolve("failure.txt");
        return Files.exists(failure) ? Files.readString(failure) : "";
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(SETTINGS);
        arguments.add("file=" + file);
        arguments.add("failure=" + folder.resolve("failure.txt"));
        arguments.addAll(List.of(more));
        return ZeroShotMain.run(arguments, new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
    }
}
