package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    void aNameWithDotsLooksIntoAnObject() throws IOException {
        DataRow row = file(
                        "nested.jsonl",
                        "{\"a\": {\"b\": {\"c\": 1.50}, \"d\": null}, \"a.e\": \"own\", \"n\": 5, \"t\": \"{\\\"x\\\": 1}\"}\n")
                .jsonLines()
                .get(0);

        assertThat(row.get("a.b.c")).isEqualTo("1.50");
        assertThat(row.get("a.b")).isEqualTo("{\"c\":1.50}");
        assertThat(row.get("a.e")).isEqualTo("own");
        assertThat(Stream.of("a.d", "a.b.c.x", "n.x", "t.x", "b", ".a", "a.").map(row::find))
                .containsOnly(Optional.empty());
        assertThatThrownBy(() -> row.get("a.x")).hasMessageContaining("has no \"a.x\"");
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
        assertThatThrownBy(json::jsonLines)
                .hasMessageContaining("Line 2 of a.jsonl is not valid JSON at its character 7.")
                .hasMessageNotContaining("trictness");
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

    @Test
    void spreadsheetsSeparateByWhatTheFirstLineShows() throws IOException {
        List<Map<String, String>> expected = List.of(Map.of("text", "a, b", "label", "1"));
        for (String content : List.of(
                "text;label\r\na, b;1\r\n",
                "text\tlabel\na, b\t1\n",
                "text|label\na, b|1\n",
                "sep=;\r\ntext;label\r\na, b;1\r\n",
                "\"text, or so\";label\na, b;1\n".replace(", or so", ""),
                "text;label;;\n\"a, b\";1;;\n;;;\n   \n")) {
            assertThat(file("a.csv", content).csv())
                    .as(content)
                    .extracting(DataRow::values)
                    .isEqualTo(expected);
        }
        assertThat(file("b.csv", "one, two;1\n")
                        .withColumns("text", "label")
                        .withDelimiter(';')
                        .csv())
                .extracting(row -> row.get("text"))
                .containsExactly("one, two");
        assertThat(file("c.csv", "one;1\n").withColumns("text", "label").csv())
                .extracting(row -> row.get("label"))
                .containsExactly("1");
        assertThat(file("d.csv", "text\na; b\n").csv())
                .extracting(row -> row.get("text"))
                .containsExactly("a; b");
        assertThat(file("e.csv", "sep=;\ntext;label\na;1\nb\n"))
                .satisfies(file -> assertThatThrownBy(file::csv).hasMessageContaining("Line 4 of e.csv has 1 value"));
    }

    @Test
    void quotesEncloseOrNotAsIsSaid() throws IOException {
        DataFile file = file("a.tsv", "text\tlabel\n\"a\tb \"\"c\"\"\"\t1\n");
        assertThat(file.withQuotes(true).tsv())
                .extracting(row -> row.get("text"))
                .containsExactly("a\tb \"c\"");
        DataFile open = file("a.csv", "text,label\n5\" pipe,1\n\"so,2\n");
        assertThat(open.withQuotes(false).csv())
                .extracting(row -> row.get("text"))
                .containsExactly("5\" pipe", "\"so");
        assertThatThrownBy(open::csv).hasMessageContaining("withQuotes(false)");
    }

    @Test
    void carriageReturnsAloneEndLines() throws IOException {
        assertThat(file("a.tsv", "text\tlabel\ra\t1\r\rb\t2\r").tsv())
                .extracting(DataRow::line)
                .containsExactly(2L, 4L);
        assertThat(file("a.csv", "text,label\ra,1\rb,2\r").csv())
                .extracting(row -> row.get("text"))
                .containsExactly("a", "b");
    }

    @Test
    void aLineThatDoesNotFitMayMeanThatNoneNamesTheColumns() throws IOException {
        DataFile file = file("a.csv", "nice\ngood,1\n");
        assertThatThrownBy(file::csv).hasMessageContaining("withColumns(\"label\", \"text\")");
        DataFile tail = file("b.csv", "text,label,\na,1,x\n");
        assertThatThrownBy(tail::csv).hasMessageContaining("Line 2 of b.csv has 3 values, but there are 2 columns.");
    }

    /** What the cure gives back must be what was written. */
    @Test
    void theLikelyEncodingIsNamedAndIsRight() throws IOException {
        String western = "text,label\n\u2019tis \u201cfine\u201d, 5 \u20ac,1\n".replace(", 5", " 5");
        likely(western, Charset.forName("windows-1252"), "Charset.forName(\"windows-1252\")");
        likely("text\ncaf\u00e9 au lait, cr\u00e8me\n".replace(",", ""), StandardCharsets.ISO_8859_1, "windows-1252");
        likely(western, StandardCharsets.UTF_16LE, "StandardCharsets.UTF_16LE");
        likely(western, StandardCharsets.UTF_16BE, "StandardCharsets.UTF_16BE");
        likely("plain,text\nonly,ASCII\n", StandardCharsets.UTF_16LE, "StandardCharsets.UTF_16LE");
        String chinese = "\u8fd9\u5bb6\u9910\u5385\u5f88\u597d\uff0c\u670d\u52a1\u4e5f\u5f88\u597d\u3002\n".repeat(4);
        likely("text\n" + chinese, Charset.forName("GB18030"), "Charset.forName(\"GB18030\")");
    }

    @Test
    void utf16WithItsMarkIsReadAsItIs() throws IOException {
        String western = "text,label\r\n\u2019tis \u201cfine\u201d 5 \u20ac,1\r\n";
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Path path = Files.write(folder.resolve("marked.csv"), ("\ufeff" + western).getBytes(charset));
            assertThat(DataFile.of(path).csv())
                    .extracting(DataRow::values)
                    .containsExactly(Map.of("text", "\u2019tis \u201cfine\u201d 5 \u20ac", "label", "1"));
        }
        Path cut = Files.write(folder.resolve("cut.csv"), new byte[] {(byte) 0xFF, (byte) 0xFE, 'a', 0, 'b'});
        assertThatThrownBy(() -> DataFile.of(cut).lines()).hasMessageContaining("is not valid UTF-16");
    }

    /** Excel's "CSV (Macintosh)". */
    @Test
    void oldMacsLettersAreGivenBack() throws IOException {
        Path path = Files.write(
                folder.resolve("mac.csv"),
                "text,label\rit\u2019s a caf\u00e9,1\r".getBytes(Charset.forName("x-MacRoman")));
        assertThatThrownBy(() -> DataFile.of(path).csv())
                .hasMessageContaining("Line 2 of mac.csv is not valid UTF-8")
                .hasMessageContaining("Charset.forName(\"x-MacRoman\")");
        assertThat(DataFile.of(path).withCharset(Charset.forName("x-MacRoman")).csv())
                .extracting(row -> row.get("text"))
                .containsExactly("it\u2019s a caf\u00e9");
    }

    @Test
    void oneZeroIsNoEncoding() throws IOException {
        assertThatThrownBy(file("a.csv", "text,label\na\0b,1\n")::csv)
                .hasMessageContaining("Line 2 of a.csv has a character of number zero")
                .hasMessageContaining("Correct it, or name the file's encoding");
        assertThat(Encodings.guess("\u5f88\u597d\n\u4e0d\n".getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo(StandardCharsets.UTF_16BE);
    }

    @Test
    void whatIsNoTextIsNamed() throws IOException {
        byte[] workbook = "PK\3\4\24\0\6\0\b\0\0\0!\0".getBytes(StandardCharsets.ISO_8859_1);
        Path path = Files.write(folder.resolve("reviews.csv"), workbook);
        assertThatThrownBy(() -> DataFile.of(path).csv())
                .hasMessageContaining("It is a ZIP archive, as spreadsheets (.xlsx, .ods) are: save the table as");
        assertThatThrownBy(() -> DataFile.of(folder).csv()).hasMessageContaining(folder + " is a folder.");
    }

    @Test
    void whatGzipMadeIsUnzippedUnderAnyName() throws IOException {
        Path path = folder.resolve("a.csv");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("text\nfine\n".getBytes(StandardCharsets.UTF_8));
        }
        assertThat(DataFile.of(path).csv()).extracting(row -> row.get("text")).containsExactly("fine");
        assertThat(file("b.csv.gz", "text\nfine\n").csv())
                .extracting(row -> row.get("text"))
                .containsExactly("fine");
    }

    @Test
    void hintsFitWhatIsWrong() throws IOException {
        assertThatThrownBy(
                        () -> file("a.csv", "good film,1\nbad,0\n").csv().get(0).get("text"))
                .hasMessageContaining("If the file has no line of names, give them");
        assertThatThrownBy(file("b.csv", "text;label\na;1\nb; or c;1\n")::csv)
                .hasMessageContaining("A value that has a ';' in it stands in quotes.");
        assertThatThrownBy(file("c.tsv", "text\tlabel\n\"a\nb\"\t1\n5\" long\t0\n")::tsv)
                .hasMessageContaining("withQuotes(true)");
        assertThatThrownBy(file("d.json", "[{\"text\": \"a\"},\n")::jsonLines).hasMessageContaining("jq -c '.[]'");
        assertThatThrownBy(file("e.json", "{\n \"text\": \"a\"\n}")::jsonLines).hasMessageContaining("jq -c .");
        assertThatThrownBy(
                        () -> file("f.jsonl", "{\"x\": 1}\n").jsonLines().get(0).get("label"))
                .hasMessageNotContaining("withColumns");
    }

    /** The library that reads CSV has words of its own. */
    @Test
    void whatIsWrongWithQuotesIsSaidInOurWords() throws IOException {
        assertThatThrownBy(file("a.csv", "text,label\n\"good\" film,1\n")::csv)
                .hasMessageContaining("Behind a quote that closes a value stands neither")
                .hasMessageNotContaining("record starting");
        assertThatThrownBy(file("b.csv", "text,label\n\"good film,1\n")::csv)
                .hasMessageContaining("No quote closes a value that one opens.")
                .hasMessageNotContaining("Unclosed");
        assertThatThrownBy(file("c.csv", "text,label\n\"good film,1\n" + "so, so\n".repeat(2_500_000))::csv)
                .hasMessageContaining("longer than 16 million characters, or no quote closes it.")
                .hasMessageNotContaining("buffer");
    }

    @Test
    void whatIsCutOffIsSaidToBe() throws IOException {
        Path path = folder.resolve("a.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
            out.write("text,label\nfine,1\n".getBytes(StandardCharsets.UTF_8));
        }
        byte[] all = Files.readAllBytes(path);
        Files.write(path, Arrays.copyOf(all, all.length - 12));
        assertThatThrownBy(() -> DataFile.of(path).csv())
                .hasMessageContaining("It was zipped by gzip, and is cut off or damaged")
                .hasMessageNotContaining("ZLIB");
        all[12] ^= 0x55;
        Files.write(path, all);
        assertThatThrownBy(() -> DataFile.of(path).csv()).hasMessageContaining("cut off or damaged");
    }

    /** As pandas writes an index of two levels. */
    @Test
    void severalColumnsMayHaveNoName() throws IOException {
        assertThat(file("a.csv", ",,text,label\n0,3,good,1\n").csv())
                .extracting(DataRow::values)
                .containsExactly(Map.of("", "0", "column 2", "3", "text", "good", "label", "1"));
    }

    @Test
    void spacesAroundNamesAreLeftOut() throws IOException {
        assertThat(file("a.csv", " text , label\n good ,1\n").csv().get(0).values())
                .isEqualTo(Map.of("text", " good ", "label", "1"));
    }

    private void likely(String content, Charset charset, String expression) throws IOException {
        Path path = Files.write(folder.resolve("other.csv"), content.getBytes(charset));
        assertThatThrownBy(() -> DataFile.of(path).csv())
                .hasMessageStartingWith("[DataUnreadable] Line ")
                .hasMessageContaining("It looks like ")
                .hasMessageContaining(expression);
        assertThat(DataFile.of(path).withCharset(charset).lines())
                .isEqualTo(content.lines().toList());
    }

    private DataFile file(String name, String content) throws IOException {
        return DataFile.of(Files.writeString(folder.resolve(name), content));
    }

    @Test
    void recordsComeOneByOneWhateverComesBehindThem() throws IOException {
        DataFile file = file("a.csv", "label,text\n1,one\n2,\"two\n");

        try (Stream<DataRow> rows = file.stream(DataFormat.CSV)) {
            Iterator<DataRow> each = rows.iterator();
            assertThat(each.next().get("text")).isEqualTo("one");
            assertThatThrownBy(each::hasNext).hasMessageContaining("After line 2 of a.csv comes no valid CSV");
        }
    }

    @Test
    void aFileLargerThanAnyBufferIsReadFromABoundedNumberOfBytes() {
        String line = "{\"text\": \"caf\u00e9 \ud83d\ude00 " + "x".repeat(90) + "\"}\n";
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        long[] given = new long[1];
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return bytes[(int) (given[0]++ % bytes.length)] & 0xFF;
            }
        };

        try (Stream<DataRow> rows = DataFile.of(folder.resolve("-")).stream(DataFormat.JSON_LINES, endless)) {
            Iterator<DataRow> each = rows.iterator();
            for (int i = 1; i <= 5_000; i++) {
                DataRow row = each.next();
                assertThat(row.line()).isEqualTo(i);
                assertThat(row.get("text"))
                        .startsWith("caf\u00e9 \ud83d\ude00 x")
                        .hasSize(98);
                assertThat(given[0]).isLessThan((long) i * bytes.length + 400_000);
            }
        }
    }

    @Test
    void theLineOfABadByteIsToldFarIntoAFile() throws IOException {
        Path path = folder.resolve("late.tsv");
        try (OutputStream out = Files.newOutputStream(path)) {
            out.write("text\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 2; i <= 40_000; i++) {
                out.write("plain words\n".getBytes(StandardCharsets.UTF_8));
            }
            out.write(new byte[] {'a', (byte) 0x92, 's', '\n'});
        }

        assertThatThrownBy(() -> DataFile.of(path).tsv())
                .hasMessageContaining("Line 40001 of late.tsv is not valid UTF-8")
                .hasMessageContaining("windows-1252");
    }

    @Test
    void namesTellTheFormat() {
        assertThat(DataFormat.of(Path.of("a.CSV"))).contains(DataFormat.CSV);
        assertThat(DataFormat.of(Path.of("x/a.tsv.gz"))).contains(DataFormat.TSV);
        assertThat(DataFormat.of(Path.of("a.ndjson.gz"))).contains(DataFormat.JSON_LINES);
        assertThat(DataFormat.of(Path.of("a.txt"))).isEmpty();
    }
}
