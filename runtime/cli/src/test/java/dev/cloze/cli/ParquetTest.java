package dev.cloze.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.cli.parquet.ParquetRowWriter;
import dev.cloze.cli.parquet.ParquetRows;
import dev.cloze.cli.parquet.PlainColumns;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.data.DataRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Arrow wrote, see {@code make_parquet.py}, and our own. */
class ParquetTest {

    private static final Path FILES = Path.of("src/test/resources/parquet");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"none", "snappy", "gzip", "zstd", "old", "new"})
    void everyKindOfColumnIsReadAsText(String name) {
        List<DataRow> rows = rows(FILES.resolve(name + ".parquet"));
        assertThat(rows).hasSize(7);
        assertThat(rows.get(0).line()).isEqualTo(1);
        assertThat(rows.get(0).values())
                .containsEntry("text", "The food was fine, é 漢.")
                .containsEntry("label", "positive")
                .containsEntry("stars", "5")
                .containsEntry("id", "4611686018427387904")
                .containsEntry("small", "255")
                .containsEntry("share", "0.5")
                .containsEntry("seen", "true")
                .containsEntry("price", "1.50")
                .containsEntry("day", "2026-11-27")
                .containsEntry("moment", "2026-11-27T10:30:05.250Z")
                .containsEntry("words", "[\"a\",null,\"b\"]")
                .containsEntry("place", "{\"city\":\"Bonn\",\"code\":53}")
                .containsEntry("raw", "plain");
        assertThat(column(rows, "stars")).containsExactly("5", "1", "", "-3", "2147483647", "0", "7");
        assertThat(column(rows, "share")).containsExactly("0.5", "1.25", "", "1.0E-7", "3.0", "-2.5", "0.1");
        assertThat(column(rows, "part")).containsExactly("0.5", "1.25", "", "0.1", "3.0", "-2.5", "8.0");
        assertThat(column(rows, "price")).containsExactly("1.50", "-0.05", "", "99.99", "0.00", "7.00", "3.10");
        assertThat(column(rows, "label").get(3)).isEmpty();
        assertThat(column(rows, "words").subList(1, 3)).containsExactly("[]", "");
        assertThat(column(rows, "raw").subList(0, 2))
                .as("bytes that are no text")
                .containsExactly("plain", "//4=");
    }

    private static List<String> column(List<DataRow> rows, String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }

    @Test
    void aCompressionThatIsNotReadIsNamed() {
        assertUnreadable(FILES.resolve("lz4.parquet"), "compressed by LZ4_RAW", "snappy, zstd, gzip");
    }

    @Test
    void whatIsDamagedOrNoParquetIsSaidSo() throws IOException {
        byte[] whole = Files.readAllBytes(FILES.resolve("snappy.parquet"));
        assertUnreadable(folder.resolve("none.parquet"), "There is no file");
        assertUnreadable(folder, "is a folder");
        assertUnreadable(
                Files.writeString(folder.resolve("text.parquet"), "text,label\nfine,positive\n"),
                "can't be read as Parquet");
        assertUnreadable(Files.write(folder.resolve("empty.parquet"), new byte[0]), "can't be read as Parquet");
        for (int length : new int[] {4, 100, whole.length / 2, whole.length - 1}) {
            assertUnreadable(
                    Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, length)),
                    "can't be read as Parquet");
        }
        byte[] wrong = whole.clone();
        Arrays.fill(wrong, 4, 400, (byte) 0x55);
        assertUnreadable(Files.write(folder.resolve("wrong.parquet"), wrong), "can't be read as Parquet");
    }

    private static void assertUnreadable(Path file, String... said) {
        assertThatThrownBy(() -> rows(file))
                .isInstanceOf(ClozeException.class)
                .hasMessageStartingWith("[DataUnreadable]")
                .hasMessageContainingAll(said);
    }

    @Test
    void whatIsWrittenIsReadAgain() throws IOException {
        Path file = folder.resolve("out.parquet");
        try (ParquetRowWriter writer = new ParquetRowWriter(file, PlainColumns.NONE)) {
            for (int i = 0; i < 5000; i++) {
                writer.write(record("text " + i + " 漢", i / 8.0));
            }
        }
        List<DataRow> rows = rows(file);
        assertThat(rows).hasSize(5000);
        assertThat(rows.get(4999).values())
                .containsExactly(Map.entry("text", "text 4999 漢"), Map.entry("probability", "624.875"));
        try (ParquetRowWriter again = new ParquetRowWriter(file, PlainColumns.NONE)) {
            again.write(record("anew", 1));
        }
        assertThat(rows(file)).hasSize(1);
    }

    private static Map<String, Object> record(String text, double probability) {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("text", text);
        record.put("probability", probability);
        return record;
    }

    @Test
    void textsOfAParquetFileAreLabelledIntoAnother() throws IOException {
        Path out = folder.resolve("labelled.parquet");
        CommandRun run = CommandRun.here(
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
                out.toString(),
                FILES.resolve("zstd.parquet").toString());
        assertThat(run.code()).as(run.errors()).isZero();
        assertThat(run.errors()).isEmpty();
        List<DataRow> rows = rows(out);
        assertThat(rows).hasSize(7);
        assertThat(rows.get(0).get("words")).isEqualTo("[\"a\",null,\"b\"]");
        assertThat(rows.get(0).get("predicted")).isIn("positive", "negative");
        assertThat(Double.parseDouble(rows.get(0).get("probability"))).isBetween(0.5, 1.0);
        PlainColumns before = ParquetRows.plainColumns(FILES.resolve("zstd.parquet"));
        assertThat(before.types().keySet()).containsExactly("stars", "id", "share", "part", "seen");
        assertThat(ParquetRows.plainColumns(out).types()).containsAllEntriesOf(before.types());
        for (String column : before.types().keySet()) {
            assertThat(column(rows, column)).isEqualTo(column(rows(FILES.resolve("zstd.parquet")), column));
        }
    }

    @Test
    void flagsThatMeanNothingForItAreRefused() {
        String file = FILES.resolve("none.parquet").toString();
        String[] task = {
            "evaluate",
            "--model",
            "cloze-tiny-en",
            "--template",
            "{text} {mask}",
            "--label",
            "positive=great",
            "--label",
            "negative=bad"
        };
        assertThat(run(task, "--delimiter", ";", file).errors()).contains("is Parquet");
        assertThat(run(task, "--format", "parquet", "-").errors()).contains("can't come from standard input");
        assertThat(run(task, file).errors()).contains("[DataLabelUnknown]");
    }

    private static CommandRun run(String[] task, String... more) {
        return CommandRun.here(
                Stream.concat(Arrays.stream(task), Arrays.stream(more)).toArray(String[]::new));
    }

    private static List<DataRow> rows(Path file) {
        try (Stream<DataRow> rows = ParquetRows.of(file)) {
            return rows.toList();
        }
    }
}
