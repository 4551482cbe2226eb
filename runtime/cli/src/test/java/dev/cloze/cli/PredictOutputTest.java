package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.cloze.cli.parquet.ParquetRows;
import dev.cloze.runtime.data.DataRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that predictions are written to, and what was in them before. */
class PredictOutputTest {

    private static final int ROWS = 2000;

    /** So long that no reader holds all rows at once. */
    private static final String TEXT =
            "a film that some liked and others did not ".repeat(6).strip();

    @TempDir
    private Path folder;

    private static CommandRun predict(Path texts, Path output, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "predict",
                "--model",
                "cloze-tiny-en",
                "--template",
                "{text} It was {mask}.",
                "--label",
                "positive=great",
                "--label",
                "negative=bad",
                "--output",
                output.toString(),
                texts.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.here(arguments.toArray(String[]::new));
    }

    private static String table(int rows) {
        return "id,text\n"
                + IntStream.range(0, rows).mapToObj(i -> i + "," + TEXT + "\n").collect(Collectors.joining());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileMayBeItsOwnOutput() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.csv"), table(ROWS));
        CommandRun run = predict(file, file);

        assertThat(run.code()).as(run.errors()).isZero();
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(ROWS + 1);
        assertThat(lines.get(0)).isEqualTo("id,text,predicted,probability");
        assertThat(lines.get(ROWS)).startsWith((ROWS - 1) + "," + TEXT + ",");
        assertThat(names()).containsExactly("texts.csv");
    }

    @Test
    void soMayOneInParquet() throws IOException {
        Path csv = Files.writeString(folder.resolve("texts.csv"), table(300));
        Path file = folder.resolve("texts.parquet");
        assertThat(predict(csv, file).code()).isZero();
        assertThat(predict(file, file).code()).isZero();

        try (Stream<DataRow> rows = ParquetRows.of(file)) {
            assertThat(rows.map(row -> row.get("id")))
                    .containsExactlyElementsOf(
                            IntStream.range(0, 300).mapToObj(String::valueOf).toList());
        }
        assertThat(names()).containsExactly("texts.csv", "texts.parquet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.jsonl", "out.parquet"})
    void whatFailsMidwayLeavesWhatWasThereBefore(String name) throws IOException {
        Path texts =
                Files.writeString(folder.resolve("texts.jsonl"), "{\"text\": \"a film\"}\n".repeat(600) + "nonsense\n");
        Path out = Files.writeString(folder.resolve(name), "as it was");
        CommandRun run = predict(texts, out);

        assertThat(run.code()).isNotZero();
        assertThat(run.errors()).contains("[DataUnreadable]").contains("601");
        assertThat(out).hasContent("as it was");
        assertThat(names()).containsExactly(name, "texts.jsonl");
    }

    @Test
    void whatIsNamedAsZippedIsZipped() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.csv"), table(3));
        Path zipped = folder.resolve("out.csv.gz");
        assertThat(predict(file, zipped).code()).isZero();
        try (var in = new GZIPInputStream(Files.newInputStream(zipped))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .hasSize(4)
                    .first()
                    .isEqualTo("id,text,predicted,probability");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.tsv", "out.parquet"})
    void aColumnThatATableHasNoPlaceForIsToldRatherThanLost(String name) throws IOException {
        Path texts = Files.writeString(
                folder.resolve("texts.jsonl"), "{\"text\": \"a film\"}\n{\"text\": \"a mess\", \"note\": \"long\"}\n");
        CommandRun run = predict(texts, folder.resolve(name));

        assertThat(run.code()).isNotZero();
        assertThat(run.errors())
                .contains("[DataUnreadable] Record 2 has a column \"note\"")
                .contains(".jsonl");
        assertThat(predict(texts, folder.resolve("out.jsonl")).code()).isZero();
        assertThat(Files.readAllLines(folder.resolve("out.jsonl")).get(1)).contains("\"note\":\"long\"");
    }

    @Test
    void aSpreadsheetCanReadWhatIsMadeOfItsOwn() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.csv"), "\uFEFFid;text\r\n1;\"so schön; so lang\"\r\n");
        Path out = folder.resolve("out.csv");
        assertThat(predict(texts, out).code()).isZero();
        assertThat(Files.readAllLines(out).get(0)).isEqualTo("\uFEFFid;text;predicted;probability");
        assertThat(Files.readAllLines(out).get(1)).startsWith("1;\"so schön; so lang\";");

        Path again = folder.resolve("again.csv");
        assertThat(predict(out, again).code()).as("what was written is read").isZero();
        assertThat(Files.readAllLines(again).get(0)).startsWith("\uFEFFid;text;");
    }

    @Test
    void whatWasNotUtf8IsMarkedAsUtf8() throws IOException {
        Path texts = folder.resolve("texts.csv");
        Path out = folder.resolve("out.csv");
        Files.write(texts, "id;text\n1;schön\n".getBytes(Charset.forName("windows-1252")));
        assertThat(predict(texts, out, "--charset", "windows-1252").code()).isZero();
        assertThat(Files.readAllLines(out).get(0)).startsWith("\uFEFFid;text;");
        assertThat(Files.readAllLines(out).get(1)).startsWith("1;schön;");

        Files.write(texts, "text\tid\nschön\t1\n".getBytes(StandardCharsets.UTF_16));
        assertThat(predict(texts, out).code()).isZero();
        assertThat(Files.readAllLines(out).get(0)).startsWith("\uFEFFtext\tid\t");
    }

    @Test
    void anotherFormatIsSpelledAsItsOwn() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.csv"), "\uFEFFid;text\n1;a film\n");
        Path json = folder.resolve("out.jsonl");
        assertThat(predict(texts, json).code()).isZero();
        assertThat(Files.readString(json)).startsWith("{\"id\":\"1\",\"text\":\"a film\",");
        Path tsv = folder.resolve("out.tsv");
        assertThat(predict(texts, tsv).code()).isZero();
        assertThat(Files.readString(tsv)).startsWith("id\ttext\tpredicted");
    }

    private static final String TYPED = "{\"text\": \"a film\", \"id\": 12345678901234567890, \"share\": 1.50,"
            + " \"seen\": true, \"tags\": [\"a\", 1], \"place\": {\"city\": \"Bonn\"}, \"code\": \"007\", \"none\": null}\n";

    @Test
    void numbersAndListsOfJsonAreNumbersAndListsAgain() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.jsonl"), TYPED);
        Path out = folder.resolve("out.jsonl");
        assertThat(predict(texts, out).code()).isZero();
        assertThat(Files.readString(out))
                .startsWith("{\"text\":\"a film\",\"id\":12345678901234567890,\"share\":1.50,\"seen\":true,"
                        + "\"tags\":[\"a\",1],\"place\":{\"city\":\"Bonn\"},\"code\":\"007\",\"predicted\":\"");
    }

    @Test
    void inATableTheyAreTexts() throws IOException {
        Path texts = Files.writeString(folder.resolve("texts.jsonl"), TYPED);
        Path out = folder.resolve("out.csv");
        assertThat(predict(texts, out).code()).isZero();
        assertThat(Files.readAllLines(out).get(1))
                .startsWith(
                        "a film,12345678901234567890,1.50,true,\"[\"\"a\"\",1]\",\"{\"\"city\"\":\"\"Bonn\"\"}\",007,");
    }

    @Test
    void numbersAndListsOfParquetAreSoInJson() throws IOException {
        Path texts = Path.of("src/test/resources/parquet/snappy.parquet");
        Path out = folder.resolve("out.jsonl");
        assertThat(predict(texts, out).code()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0))
                .contains("\"stars\":5,", "\"share\":0.5,", "\"seen\":true,", "\"words\":[\"a\",null,\"b\"]")
                .contains("\"price\":\"1.50\"");
        assertThat(lines.get(2)).as("nulls").doesNotContain("stars", "share", "words");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.jsonl", "out.parquet"})
    void ofNoRecordsThereAreNoPredictionsAndNoneOfYesterday(String name) throws IOException {
        Path file = Files.writeString(folder.resolve("texts.csv"), table(2));
        Path out = folder.resolve(name);
        assertThat(predict(file, out).code()).isZero();
        Files.writeString(file, table(0));
        assertThat(predict(file, out).code()).isZero();
        if (name.endsWith(".parquet")) {
            try (Stream<DataRow> rows = ParquetRows.of(out)) {
                assertThat(rows).isEmpty();
            }
        } else {
            assertThat(out).isEmptyFile();
        }
    }

    @Test
    void aLinkStaysOne() throws IOException {
        Path file = Files.writeString(folder.resolve("texts.csv"), table(3));
        Path link = Files.createSymbolicLink(folder.resolve("link.csv"), folder.resolve("target.csv"));
        Files.writeString(folder.resolve("target.csv"), "old");

        assertThat(predict(file, link).code()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllLines(folder.resolve("target.csv"))).hasSize(4);
    }

    @Test
    void aPipeIsWrittenInto() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "there are no pipes with a name");
        Path file = Files.writeString(folder.resolve("texts.csv"), table(3));
        Path pipe = folder.resolve("pipe.csv");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<List<String>> read = CompletableFuture.supplyAsync(() -> lines(pipe));

        assertThat(predict(file, pipe).code()).isZero();
        assertThat(read.get(20, TimeUnit.SECONDS)).hasSize(4);
    }

    private static List<String> lines(Path pipe) {
        try {
            return Files.readAllLines(pipe);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
