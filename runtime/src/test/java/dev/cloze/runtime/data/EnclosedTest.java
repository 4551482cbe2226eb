package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether quotes in a table with tabs enclose values, as the file itself shows. */
class EnclosedTest {

    @TempDir
    Path folder;

    /** {@code df.to_csv("a.tsv", sep="\t")}. */
    @Test
    void pandasDoublesQuotes() throws IOException {
        assertThat(texts("\ttext\tlabel\n0\tgood\t1\n1\t\"they said \"\"so\"\"\"\t0\n"))
                .containsExactly("good", "they said \"so\"");
        assertThat(texts("text\tlabel\n\"two\nlines\"\t1\ngood\t0\n")).containsExactly("two\nlines", "good");
        assertThat(texts("text\tlabel\n\"a\tb\"\t1\n")).containsExactly("a\tb");
    }

    /** {@code write.table(d, "a.tsv", sep = "\t", row.names = FALSE, qmethod = "double")}. */
    @Test
    void namesInQuotesAreNames() throws IOException {
        assertThat(texts("\"text\"\t\"label\"\n\"good\"\t1\n\"bad\"\t0\n")).containsExactly("good", "bad");
    }

    /** "Unicode Text (*.txt)" and "Text (Tab delimited)". */
    @Test
    void excelEnclosesWhatHasAComma() throws IOException {
        String table = "text\tlabel\r\n\"good, really\"\t1\r\nbad\t0\r\n";
        assertThat(texts(table)).containsExactly("good, really", "bad");
        Path path = Files.write(folder.resolve("a.txt"), ("\ufeff" + table).getBytes(StandardCharsets.UTF_16LE));
        assertThat(DataFile.of(path).tsv()).extracting(row -> row.get("text")).containsExactly("good, really", "bad");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a \"dull\" mess",
                "\"so\" they said",
                "it's 5\" long",
                "\"never closed",
                "closed only\"",
                "\"\"so\"\"",
                "\"quoted, wholly\" \"and again\"",
                "\"quoted whole\""
            })
    void elsewhereTheyAreCharacters(String text) throws IOException {
        assertThat(texts("text\tlabel\n" + text + "\t1\nplain, and so on\t0\n"))
                .containsExactly(text, "plain, and so on");
    }

    @Test
    void aListOfTextsHasNoNames() throws IOException {
        DataFile file = file("\"Quoted whole\"\nplain\n").withColumns("text");
        assertThat(file.tsv()).extracting(row -> row.get("text")).containsExactly("\"Quoted whole\"", "plain");
    }

    /** What is looked at ends somewhere: within a value, an enclosed one, or behind a line. */
    @Test
    void largeFilesAreToldByTheirBeginning() throws IOException {
        String enclosed = "\"say \"\"yes\"\" twice\"\t1\n".repeat(9_000);
        String plain = "say \"yes\" twice\t1\n".repeat(9_000);
        for (int shift = 0; shift < 24; shift++) {
            String head = "text\tlabel\n" + "x".repeat(shift) + "\t0\n";
            assertThat(texts(head + enclosed)).hasSize(9_001).endsWith("say \"yes\" twice");
            assertThat(texts(head + plain)).hasSize(9_001).endsWith("say \"yes\" twice");
        }
        String cut = "\"" + "x".repeat(FileText.HEAD) + "\"\t1\n";
        assertThat(texts("text\tlabel\n" + cut)).hasSize(1).allMatch(text -> text.startsWith("\"x"));
    }

    private List<String> texts(String content) throws IOException {
        return file(content).tsv().stream().map(row -> row.get("text")).toList();
    }

    private DataFile file(String content) throws IOException {
        return DataFile.of(Files.writeString(folder.resolve("a.tsv"), content));
    }
}
