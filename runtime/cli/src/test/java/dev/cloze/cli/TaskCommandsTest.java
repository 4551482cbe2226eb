package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.runtime.PromptPipeline;
import dev.cloze.runtime.data.DataRow;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.spi.ClassificationTask;
import dev.cloze.runtime.spi.TaskTuning;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks without a Java class: train, evaluate, predict. */
class TaskCommandsTest {

    private static final List<String> TASK = List.of(
            "--model",
            "cloze-tiny-en",
            "--template",
            "{text} It was {mask}.",
            "--label",
            "positive=great,good",
            "--label",
            "negative=terrible,bad");

    private static final String TRAIN = """
            id,text,label
            1,"a wonderful film, they said ""so""\",Positive
            2,a dull mess,negative
            3,great fun from start to end,positive
            4,awful and far too long,NEGATIVE
            5,i loved every minute,positive
            6,i hated every minute,negative
            """;

    @TempDir
    static Path folder;

    private static Path saved;

    @BeforeAll
    static void tuned() throws IOException {
        saved = folder.resolve("saved");
        CommandRun run = run(
                "train",
                List.of(
                        "--dev",
                        file("dev.csv", TRAIN),
                        "--steps",
                        "40",
                        "--output",
                        saved.toString(),
                        file("train.csv", TRAIN)));

        assertThat(run.errors()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("accuracy 1.0000")
                .contains("right \\ predicted")
                .contains("Saved to");
        assertThat(folder.resolve("saved.unfinished")).doesNotExist();
    }

    private static CommandRun run(String command, List<String> arguments) {
        return CommandRun.here(Stream.of(List.of(command), TASK, arguments)
                .flatMap(List::stream)
                .toArray(String[]::new));
    }

    private static String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void recordsComeOutAsTheyWereWithTwoColumnsMore() throws IOException {
        CommandRun run = CommandRun.here("predict", "--pipeline", saved.toString(), file("texts.csv", TRAIN));

        assertThat(run.errors()).isEmpty();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0)).isEqualTo("id,text,label,predicted,probability");
        assertThat(lines.get(1)).startsWith("1,\"a wonderful film, they said \"\"so\"\"\",Positive,positive,0.9");
        assertThat(lines.get(2)).startsWith("2,a dull mess,negative,negative,0.");
        assertThat(lines).hasSize(7);
    }

    @Test
    void whatALaterVersionSavedIsRefused() throws IOException {
        Path later = Files.createDirectory(folder.resolve("later"));
        try (Stream<Path> files = Files.list(saved)) {
            for (Path file : files.toList()) {
                Files.copy(file, later.resolve(file.getFileName()));
            }
        }
        Path manifest = later.resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replace("\"NONE\"", "\"DOMAIN\""));
        CommandRun run = CommandRun.here("predict", "--pipeline", later.toString(), file("later.csv", TRAIN));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.errors())
                .contains("cannot be opened: it is calibrated by DOMAIN, which this version doesn't know.")
                .contains("It knows: NONE, ");
    }

    @Test
    void otherFormatsAreReadAndWrittenByTheirNames() throws IOException {
        Path out = folder.resolve("out.jsonl");
        CommandRun run = CommandRun.here(
                "predict",
                "--pipeline",
                saved.toString(),
                "--probabilities",
                "--output",
                out.toString(),
                "--columns",
                "text,stars",
                file("texts.tsv", "a \"dull\" mess\t1\n\nwonderful\t5\n"));

        assertThat(run.errors()).isEmpty();
        assertThat(run.out()).isEmpty();
        List<JsonObject> records = Files.readAllLines(out).stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .toList();
        assertThat(records).hasSize(2);
        JsonObject first = records.get(0);
        assertThat(first.get("text").getAsString()).isEqualTo("a \"dull\" mess");
        assertThat(first.get("stars").getAsString()).isEqualTo("1");
        assertThat(first.get("probability of positive").getAsDouble()
                        + first.get("probability of negative").getAsDouble())
                .isBetween(0.99999, 1.00001);
    }

    @Test
    void aPipelineIsMeasuredWithAndWithoutTraining() throws IOException {
        String texts =
                file("labelled.csv", TRAIN.replace("label\n", "sentiment\n").replace("Positive", "1"));
        CommandRun tuned = CommandRun.here(
                "evaluate",
                "--pipeline",
                saved.toString(),
                "--label-column",
                "sentiment",
                "--label-value",
                "1=positive",
                "--json",
                texts);
        CommandRun untrained =
                run("evaluate", List.of("--label-column", "sentiment", "--label-value", "1=positive", texts));

        assertThat(tuned.errors()).isEmpty();
        JsonObject json = JsonParser.parseString(tuned.out()).getAsJsonObject();
        assertThat(json.get("accuracy").getAsDouble()).isEqualTo(1);
        assertThat(json.get("n").getAsInt()).isEqualTo(6);
        assertThat(json.getAsJsonArray("labels").toString()).isEqualTo("[\"positive\",\"negative\"]");
        assertThat(untrained.out()).contains("n 6");
    }

    @ParameterizedTest
    @CsvSource({
        "P_TUNING_V2,promptLength=4",
        "PREFIX_TUNING,promptLength=4",
        "PROMPT_TUNING,promptLength=4",
        "FINE_TUNING,seed=3"
    })
    void pipelinesOfAnyMethodAreReadAgain(String method, String setting) throws IOException {
        String output = folder.resolve(method).toString();
        CommandRun run = run(
                "train",
                List.of(
                        "--method",
                        method,
                        "--set",
                        setting,
                        "--set",
                        "maxLength=40",
                        "--steps",
                        "2",
                        "--quiet",
                        "--json",
                        "--output",
                        output,
                        file("few.csv", TRAIN)));
        CommandRun predicted = CommandRun.here("predict", "--pipeline", output, file("few.csv", TRAIN));

        assertThat(run.errors()).isEmpty();
        assertThat(JsonParser.parseString(run.out())
                        .getAsJsonObject()
                        .get("output")
                        .getAsString())
                .isEqualTo(output);
        assertThat(predicted.errors()).isEmpty();
        assertThat(predicted.out().lines()).hasSize(7);
    }

    @Test
    void aTaskMayStandInAFileAndTheCommandLineWins() throws IOException {
        String task = file("task.yaml", """
                template: "{text} It was {mask}."
                labels:
                  positive: [great, good]
                  negative: terrible
                model: cloze-tiny-en
                method: prompt-tuning
                options: {promptLength: 3, maxSteps: 7, precision: auto}
                """);
        CommandRun run =
                CommandRun.here("train", "--task", task, "--set", "maxSteps=9", "--emit-java", "org.acme.Review");

        assertThat(run.errors()).isEmpty();
        assertThat(run.out())
                .startsWith("package org.acme;")
                .contains(
                        "@Tuning(method = TuningMethod.PROMPT_TUNING, backbone = \"cloze-tiny-en\", maxSteps = 9, promptLength = 3, precision = Precision.AUTO)")
                .contains("public record Review(String text) {")
                .contains("@LabelWords({\"great\", \"good\"})");
    }

    @Test
    void aPrecisionIsOfTheCommandAndOfWhatItSaves() throws IOException {
        assumeTrue(ComputePrecision.isThere(ComputeDevice.CPU), "this machine has no products in bfloat16");
        Path half = folder.resolve("half");
        CommandRun trained = run(
                "train",
                List.of("--precision", "bfloat16", "--steps", "2", "--output", half.toString(), file("t.csv", TRAIN)));

        assertThat(trained.errors()).isEmpty();
        assertThat(System.getProperty("cloze.precision")).isNull();
        assertThat(CommandRun.here("inspect", half.toString()).out()).containsPattern("trained in +bfloat16");
        assertThat(CommandRun.here("inspect", saved.toString()).out()).containsPattern("trained in +float32");
        String asTrained = predicted(half);
        assertThat(predicted(half, "--precision", "bfloat16")).isEqualTo(asTrained);
        assertThat(predicted(half, "--precision", "float32")).isNotEqualTo(asTrained);
    }

    private static String predicted(Path pipeline, String... flags) throws IOException {
        CommandRun run = CommandRun.here(Stream.concat(
                        Stream.of("predict", "--pipeline", pipeline.toString(), file("p.csv", TRAIN)), Stream.of(flags))
                .toArray(String[]::new));
        assertThat(run.errors()).isEmpty();
        return run.out();
    }

    @Test
    void theSourceThatIsPrintedCompilesWithTheProcessor() throws IOException {
        CommandRun run = CommandRun.here(
                "train",
                "--model",
                "cloze-tiny-en",
                "--method",
                "P_TUNING",
                "--set",
                "encoder=MLP",
                "--set",
                "promptLength=4",
                "--calibration",
                "PMI",
                "--template",
                "{title} \"{text}\" It was {mask}.",
                "--label",
                "positive=great",
                "--label",
                "negative=terrible",
                "--emit-java",
                "Review");
        assertThat(run.errors()).isEmpty();
        String source = run.out();
        List<String> problems = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject unit =
                new SimpleJavaFileObject(URI.create("string:///Review.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreErrors) {
                        return source;
                    }
                };
        boolean compiled = compiler.getTask(
                        null,
                        null,
                        diagnostic -> problems.add(diagnostic.toString()),
                        List.of(
                                "-d",
                                folder.toString(),
                                "-cp",
                                CommandRun.classPath(),
                                "-processor",
                                "dev.cloze.processor.PromptProcessor"),
                        null,
                        List.of(unit))
                .call();

        assertThat(problems).isEmpty();
        assertThat(compiled).isTrue();
        assertThat(folder.resolve("ReviewPipeline.class")).exists();
    }

    @Test
    void aPipelineOfTemplatesWithWordsOfTheirOwnIsOpenedAsItWasSaved() throws IOException {
        ClassificationTask<DataRow, String> task = ClassificationTask.of(DataRow.class, String.class)
                .template("{text} It was {mask}.")
                .template(
                        "Just {mask}! {text}",
                        Map.of("positive", List.of("nice", "fine"), "negative", List.of("awful")))
                .placeholder("text", row -> row.get("text"))
                .label("positive", "great")
                .label("negative", "terrible")
                .tuning(TaskTuning.of(TuningMethod.PROMPT_FINE_TUNING, "cloze-tiny-en"))
                .build();
        Path patterns = folder.resolve("patterns");
        try (PromptPipeline<DataRow, String> zero = PromptPipeline.zeroShot(task)) {
            zero.save(patterns);
        }
        CommandRun run = CommandRun.here("predict", "--pipeline", patterns.toString(), file("texts.csv", TRAIN));

        assertThat(run.errors()).isEmpty();
        assertThat(run.out().lines()).hasSize(7);
    }

    @Test
    void methodsAreComparedOnOneFile() throws IOException {
        String kept = folder.resolve("compared").toString();
        List<String> arguments = List.of(
                "--examples",
                "1",
                "--seeds",
                "1,2",
                "--steps",
                "2",
                "--methods",
                "TF_IDF,PROMPT_FINE_TUNING",
                "--folder",
                kept,
                file("all.csv", TRAIN));
        CommandRun run = run("compare", arguments);
        List<String> more = new ArrayList<>(arguments);
        more.add("--json");
        CommandRun again = run("compare", more);

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("1 examples a label to learn from, 1 to choose by, 2 in all to measure on; 2 splits.")
                .contains("TF_IDF")
                .contains("PROMPT_FINE_TUNING")
                .contains("zero-shot")
                .containsPattern("commonest label +50\\.0 ")
                .containsPattern("is (ahead of|level with)");
        JsonObject json = JsonParser.parseString(again.out()).getAsJsonObject();
        assertThat(json.getAsJsonArray("methods").asList()).hasSize(3);
        assertThat(json.getAsJsonArray("seeds").toString()).isEqualTo("[1,2]");
        assertThat(Path.of(kept, "predictions")).isDirectoryContaining("glob:**TF_IDF-seed-2-*.tsv");
        assertThat(run("compare", List.of("--method", "TF_IDF", "--examples", "1", file("all.csv", TRAIN)))
                        .errors())
                .contains("--methods names those");
    }

    @Test
    void aFilesMethodCountsForNothingInAComparisonAndEachMethodHasItsOwnSettingsAndRates() throws IOException {
        String task = file("reviews.yaml", """
                template: "{text} It was {mask}."
                labels:
                  positive: [great]
                  negative: [terrible]
                model: cloze-tiny-en
                method: FINE_TUNING
                options:
                  batchSize: 2
                  seed: 5
                """);
        CommandRun run = CommandRun.here(
                "compare",
                "--task",
                task,
                "--methods",
                "FINE_TUNING,PREFIX_TUNING,TF_IDF",
                "--set",
                "pooling=MEAN",
                "--learning-rates",
                "1e-5",
                "--learning-rates",
                "PREFIX_TUNING=5e-3",
                "--examples",
                "1",
                "--seeds",
                "1",
                "--steps",
                "2",
                "--json",
                file("all.csv", TRAIN));

        assertThat(run.code()).as(run.errors()).isZero();
        Map<String, Double> rates = new HashMap<>();
        JsonParser.parseString(run.out())
                .getAsJsonObject()
                .getAsJsonArray("methods")
                .forEach(method -> {
                    var rate = method.getAsJsonObject().get("learningRate");
                    rates.put(
                            method.getAsJsonObject().get("name").getAsString(), rate == null ? 0 : rate.getAsDouble());
                });
        assertThat(rates)
                .isEqualTo(Map.of("zero-shot", 0.0, "FINE_TUNING", 1e-5, "PREFIX_TUNING", 5e-3, "TF_IDF", 0.0));
        assertThat(run(
                                "compare",
                                List.of(
                                        "--set",
                                        "poling=MEAN",
                                        "--methods",
                                        "TF_IDF,FINE_TUNING",
                                        file("b.csv", TRAIN)))
                        .errors())
                .contains("There is no option \"poling\" of TF_IDF or FINE_TUNING. Did you mean \"pooling\"?");
        assertThat(run("compare", List.of("--learning-rates", "fast", file("c.csv", TRAIN)))
                        .errors())
                .contains("--learning-rates fast is no list of rates");
        assertThat(run("compare", List.of("--learning-rates", "PREFIX_TUNING=1e-2", file("d.csv", TRAIN)))
                        .errors())
                .contains("is of a method that is not compared: --methods TF_IDF,FINE_TUNING,PROMPT_FINE_TUNING.");
        assertThat(run("compare", List.of("--set", "seed=5", file("e.csv", TRAIN)))
                        .errors())
                .contains("--seeds names them");
        assertThat(run("compare", List.of("--set", "learningRate=1e-4", file("f.csv", TRAIN)))
                        .errors())
                .contains("--learning-rates says");
    }

    @Test
    void aFilesLearningRateIsOfItsMethodAndAFolderIsNoSetting() throws IOException {
        String task = file("prompted.yaml", """
                template: "{text} It was {mask}."
                labels:
                  positive: [great]
                  negative: [terrible]
                model: cloze-tiny-en
                method: PROMPT_TUNING
                options:
                  learningRate: 0.04
                """);
        CommandRun run = CommandRun.here(
                "compare",
                "--task",
                task,
                "--methods",
                "FINE_TUNING,PROMPT_TUNING",
                "--examples",
                "1",
                "--seeds",
                "1",
                "--steps",
                "2",
                file("all.csv", TRAIN));
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out().lines().filter(line -> line.contains("learning rate")))
                .singleElement()
                .asString()
                .startsWith("  PROMPT_TUNING")
                .contains("learning rate 0.04");
        assertThat(run(
                                "train",
                                List.of(
                                        "--set",
                                        "checkpointFolder=x",
                                        "--output",
                                        folder.resolve("none").toString(),
                                        file("train.csv", TRAIN)))
                        .errors())
                .contains("[TuningOptionNotApplicable] There is no option \"checkpointFolder\"");
    }

    @Test
    void aMethodIsComparedOnAnotherModel() throws IOException {
        String model = Path.of("../models/tiny/src/main/resources/dev/cloze/models/cloze-tiny-en")
                .toAbsolutePath()
                .toString();
        assertThat(Path.of(model)).isDirectory();
        List<String> arguments = List.of(
                "--examples",
                "1",
                "--seeds",
                "1",
                "--steps",
                "2",
                "--methods",
                "fine-tuning,FINE_TUNING@" + model,
                file("all.csv", TRAIN));
        CommandRun run = run("compare", arguments);
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out()).contains("  FINE_TUNING of " + model).containsPattern("\n  FINE_TUNING  ");
        assertThat(run("compare", List.of("--methods", "SETFITT@x", file("b.csv", TRAIN)))
                        .errors())
                .contains("expected one of PROMPT_FINE_TUNING, ")
                .contains("but was 'SETFITT@x'");
    }

    @Test
    void aTemplateWithVirtualTokensIsComparedWithoutTheUntrainedModel() throws IOException {
        CommandRun run = CommandRun.here(
                "compare",
                "--template",
                "{text} {soft:2} It was {mask}.",
                "--label",
                "positive=great",
                "--label",
                "negative=terrible",
                "--model",
                "cloze-tiny-en",
                "--methods",
                "P_TUNING,FINE_TUNING",
                "--examples",
                "1",
                "--seeds",
                "1",
                "--steps",
                "2",
                file("all.csv", TRAIN));
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out()).contains("P_TUNING").contains("FINE_TUNING").doesNotContain("zero-shot");
    }

    @Test
    void soManyAreMeasuredOnAndPetLearnsFromTextsWithoutALabel() throws IOException {
        List<String> arguments = List.of(
                "--examples",
                "1",
                "--seeds",
                "1",
                "--steps",
                "2",
                "--methods",
                "PET",
                "--set",
                "repetitions=1",
                "--set",
                "distillationSteps=2",
                "--test",
                "1",
                "--json",
                file("all.csv", TRAIN));
        List<String> more = new ArrayList<>(arguments);
        more.addAll(List.of("--unlabeled", file("more.csv", "text\na lovely film\na poor film\nso long\nso short\n")));
        CommandRun run = run("compare", more);

        assertThat(run.code()).as(run.errors()).isZero();
        JsonObject json = JsonParser.parseString(run.out()).getAsJsonObject();
        assertThat(json.get("tested").getAsInt()).isEqualTo(1);
        assertThat(json.getAsJsonArray("methods").toString()).contains("\"name\":\"PET\"");
        CommandRun without = run("compare", arguments);
        assertThat(without.code()).isNotZero();
        assertThat(without.errors())
                .contains("PET, which learns from texts without a label", "Name a file of them: --unlabeled FILE");
    }

    @Test
    void withoutWordsOfLabelsMethodsThatReadNoneAreComparedAlone() throws IOException {
        CommandRun run = CommandRun.here(
                "compare",
                "--template",
                "{text}",
                "--label",
                "positive",
                "--label",
                "negative",
                "--methods",
                "TF_IDF",
                "--examples",
                "1",
                "--seeds",
                "1",
                file("all.csv", TRAIN));

        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.out()).contains("TF_IDF").doesNotContain("zero-shot");
    }

    @Test
    void columnsMayBeCalledOtherwiseThanTheTemplateSays() throws IOException {
        String texts = file("spaced.csv", "Review Text;Label\na wonderful film;positive\na dull mess;negative\n");
        CommandRun evaluated = CommandRun.here(
                "evaluate",
                "--pipeline",
                saved.toString(),
                "--column",
                "text=Review Text",
                "--label-column",
                "Label",
                texts);
        CommandRun predicted =
                CommandRun.here("predict", "--pipeline", saved.toString(), "--column", "text=Review Text", texts);

        assertThat(evaluated.errors()).isEmpty();
        assertThat(evaluated.out()).contains("n 2");
        assertThat(predicted.errors()).isEmpty();
        assertThat(predicted.out().lines().toList().get(0)).isEqualTo("Review Text;Label;predicted;probability");
        assertThat(predicted.out().lines().toList().get(1)).startsWith("a wonderful film;positive;positive;");

        assertThat(CommandRun.here(
                                "predict",
                                "--template",
                                "{Review Text} {mask}",
                                "--label",
                                "a=good",
                                "--label",
                                "b=bad",
                                texts)
                        .errors())
                .contains("\"{Review Text}\" at column 1 names no column.")
                .contains("the file may call it otherwise, --column title=\"Review Title\"")
                .doesNotContain("component", "class");
        for (String command : List.of("predict", "evaluate", "train", "compare")) {
            assertThat(run(command, List.of("--column", "txt=Review Text", texts))
                            .errors())
                    .as(command)
                    .contains("--column txt=Review Text is of no template", "Did you mean \"text\"?");
        }
    }

    @Test
    void aNameWithADotLooksIntoAColumnOfObjects() throws IOException {
        String texts = file("nested.jsonl", """
                {"review": {"de": {"text": "a wonderful film"}}, "meta": {"label": "positive"}}
                {"review": {"de": {"text": "a dull mess"}}, "meta": {"label": "negative"}}
                """);
        CommandRun evaluated = CommandRun.here(
                "evaluate",
                "--pipeline",
                saved.toString(),
                "--column",
                "text=review.de.text",
                "--label-column",
                "meta.label",
                texts);
        CommandRun predicted = CommandRun.here(
                "predict",
                "--model",
                "cloze-tiny-en",
                "--template",
                "{review.de.text} It was {mask}.",
                "--label",
                "positive=great",
                "--label",
                "negative=terrible",
                texts);
        CommandRun missing =
                CommandRun.here("predict", "--pipeline", saved.toString(), "--column", "text=review.fr.text", texts);

        assertThat(evaluated.errors()).isEmpty();
        assertThat(evaluated.out()).contains("accuracy 1.0000");
        assertThat(predicted.errors()).isEmpty();
        assertThat(predicted.out()).startsWith("{\"review\":{\"de\":{\"text\":\"a wonderful film\"}},\"meta\"");
        assertThat(missing.errors()).contains("Line 1 of nested.jsonl has no \"review.fr.text\"");
    }

    @Test
    void mistakesAreNamedWithWhatToWriteInstead() throws IOException {
        String texts = file("some.csv", TRAIN);

        assertThat(CommandRun.here("predict", texts).errors()).contains("What is asked? --template says it");
        assertThat(run("train", List.of(texts)).errors()).contains("--output DIR says it");
        assertThat(run("train", List.of("--output", "x", "--template", "{txt} {mask}", texts))
                        .errors())
                .contains("Line 2 of some.csv has no \"txt\"")
                .contains("Did you mean \"text\"?");
        assertThat(run("train", List.of("--output", "x", "--set", "maxStep=3", texts))
                        .errors())
                .contains("There is no option \"maxStep\"")
                .contains("maxSteps");
        assertThat(run("train", List.of("--output", "x", "--set", "maxSteps=many", texts))
                        .errors())
                .contains("\"many\"")
                .contains("whole number");
        assertThat(run("train", List.of("--output", "x", file("other.csv", "text,label\na,postive\nb,so-so\n")))
                        .errors())
                .contains("\"postive\" on line 2. Did you mean \"positive\"?")
                .contains("\"so-so\" on line 3.")
                .contains("--label-value");
        assertThat(run("predict", List.of(file("none.txt", "x"))).errors())
                .contains("--format CSV, TSV, JSON_LINES or PARQUET");
        for (List<String> ignored : List.of(
                List.of("--model", "gpt2"),
                List.of("--set", "maxLength=40"),
                List.of("--multi-token-words", "FIRST"),
                List.of("--calibration", "CONTEXTUAL"))) {
            CommandRun run =
                    CommandRun.here("predict", "--pipeline", saved.toString(), ignored.get(0), ignored.get(1), texts);
            assertThat(run.code()).as(ignored.toString()).isEqualTo(2);
            assertThat(run.errors()).contains("leave out what says them", ignored.get(0));
        }
        assertThat(CommandRun.here("train", "--task", file("bad.yaml", "templat: x\n"))
                        .errors())
                .contains("\"templat\"")
                .contains("Did you mean \"template\"?");
    }

    @Test
    void standardInputIsReadAsItComes() throws IOException, InterruptedException {
        Path input = Path.of(file("input.csv", TRAIN));
        Path out = folder.resolve("out.csv");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        CommandRun.classPath(),
                        Main.class.getName(),
                        "predict",
                        "--pipeline",
                        saved.toString(),
                        "--format",
                        "CSV",
                        "-")
                .redirectInput(input.toFile())
                .redirectOutput(out.toFile())
                .start();
        String errors = new String(process.getErrorStream().readAllBytes(), Charset.defaultCharset());

        assertThat(process.waitFor()).as(errors).isZero();
        assertThat(Files.readAllLines(out)).hasSize(7);
    }
}
