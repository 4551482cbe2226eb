package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {

    @TempDir
    Path folder;

    @Test
    void csvIsReadWithQuotesCommasAndLineBreaksInValues() throws IOException {
        DataFile file = file("a.csv", "\uFEFFlabel,text\r\n1,\"a, \"\"b\"\"\"\n\n2,\"two\nlines\"\n3,\\é\n");

        assertThat(file.csv().stream().map(DataRow::values))
                .containsExactly(
                        Map.of("label", "1", "text", "a, \"b\""),
                        Map.of("label", "2", "text", "two\nlines"),
                        Map.of("label", "3", "text", "\\é"));
        assertThat(file.csv().stream().map(DataRow::line)).containsExactly(2L, 4L, 6L);
        assertThat(file.csv().get(0).values().keySet()).containsExactly("label", "text");
    }

    @Test
    void tsvTakesQuotesAsTheyAreAndColumnsMayBeGiven() throws IOException {
        DataFile file = file("a.tsv", "it's \"fine\t1\r\n\r\nends\u2028here\t0");

        assertThat(file.withColumns("text", "label").tsv().stream().map(DataRow::values))
                .containsExactly(
                        Map.of("text", "it's \"fine", "label", "1"), Map.of("text", "ends\u2028here", "label", "0"));
    }

    @Test
    void jsonLinesBecomeText() throws IOException {
        DataFile file = file(
                "a.jsonl",
                "{\"text\": \"a\u2028b\", \"label\": 1, \"sure\": true, \"none\": null, \"list\": [1, 2]}\n\n{\"x\": 1.50}\n");

        assertThat(file.jsonLines().stream().map(DataRow::values))
                .containsExactly(
                        Map.of("text", "a\u2028b", "label", "1", "sure", "true", "list", "[1,2]"), Map.of("x", "1.50"));
    }

    @Test
    void zippedFilesAndOtherEncodingsAreRead() throws IOException {
        Path path = folder.resolve("a.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("text\ncaf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        }

        assertThat(DataFile.of(path).withCharset(StandardCharsets.ISO_8859_1).tsv())
                .extracting(row -> row.get("text"))
                .containsExactly("café");
        assertThatThrownBy(() -> DataFile.of(path).tsv())
                .hasMessageContaining("[DataUnreadable] Line 2 of a.tsv.gz is not valid UTF-8.")
                .hasMessageContaining("withCharset");
    }

    @Test
    void anEmptyFileHasNoRows() throws IOException {
        DataFile file = file("empty", "");
        assertThat(file.csv()).isEmpty();
        assertThat(file.tsv()).isEmpty();
        assertThat(file.jsonLines()).isEmpty();
        assertThat(file.lines()).isEmpty();
        assertThat(file("some", "a\r\n\nb").lines()).isEqualTo(List.of("a", "", "b"));
    }

    @Test
    void errorsNameTheLine() throws IOException {
        DataFile uneven = file("uneven.tsv", "text\tlabel\na\t1\nb\n");
        assertThatThrownBy(uneven::tsv)
                .hasMessageContaining("[DataUnreadable] Line 3 of uneven.tsv has 1 value, but there are 2 columns.");
        DataFile unevenCsv = file("uneven.csv", "text,label\n\"a\nb\",1\nb\n");
        assertThatThrownBy(unevenCsv::csv).hasMessageContaining("Line 4 of uneven.csv has 1 value");
        DataFile open = file("open.csv", "text,label\na,1\n\"b,2\n");
        assertThatThrownBy(open::csv)
                .hasMessageContaining("[DataUnreadable] After line 2 of open.csv comes no valid CSV.");
        DataFile twice = file("twice.csv", "a,a\n1,2\n");
        assertThatThrownBy(twice::csv).hasMessageContaining("Line 1 of twice.csv names a column twice: a, a.");
        DataFile json = file("a.jsonl", "{}\n{\"a\": }\n");
        assertThatThrownBy(json::jsonLines).hasMessageContaining("Line 2 of a.jsonl is not valid JSON.");
        DataFile array = file("b.jsonl", "[1]\n");
        assertThatThrownBy(array::jsonLines).hasMessageContaining("Line 1 of b.jsonl is no JSON object.");
        assertThatThrownBy(() -> DataFile.of(folder.resolve("none.csv")).csv())
                .hasMessageContaining("[DataUnreadable] There is no file");
    }

    @Test
    void aMissingColumnIsNamedWithItsNearest() throws IOException {
        DataRow row = file("a.csv", "label,text\n1,x\n").csv().get(0);
        assertThatThrownBy(() -> row.get("txt"))
                .hasMessageContaining("[DataUnreadable] Line 2 of a.csv has no \"txt\".")
                .hasMessageContaining("Did you mean \"text\"?");
    }

    private DataFile file(String name, String content) throws IOException {
        return DataFile.of(Files.writeString(folder.resolve(name), content));
    }
}
