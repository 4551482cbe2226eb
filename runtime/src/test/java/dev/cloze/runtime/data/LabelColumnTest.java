package dev.cloze.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cloze.runtime.Labeled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelColumnTest {

    private enum Opinion {
        VERY_GOOD,
        BAD
    }

    @TempDir
    Path folder;

    @Test
    void namesAreTakenAsTheyAre() throws IOException {
        assertThat(read(LabelColumn.of("label", Opinion.class), "VERY_GOOD", "BAD "))
                .containsExactly(new Labeled<>("0", Opinion.VERY_GOOD), new Labeled<>("1", Opinion.BAD));
    }

    @Test
    void inAnyCaseWithSpacesOrHyphens() throws IOException {
        LabelColumn<Opinion> column = LabelColumn.of("label", Opinion.class).ignoringCase();
        assertThat(read(column, "Very Good", "very-good", "bad"))
                .extracting(Labeled::label)
                .containsExactly(Opinion.VERY_GOOD, Opinion.VERY_GOOD, Opinion.BAD);
    }

    @Test
    void numbersCountFromTheOneThatIsSaid() throws IOException {
        assertThat(read(LabelColumn.of("label", Opinion.class).byNumber(1), "2", "1", "2.0"))
                .extracting(Labeled::label)
                .containsExactly(Opinion.BAD, Opinion.VERY_GOOD, Opinion.BAD);
    }

    @Test
    void aMapMaySayAnythingAndIgnoreCase() throws IOException {
        LabelColumn<Opinion> column = LabelColumn.of("label", Opinion.class)
                .by(Map.of("+", Opinion.VERY_GOOD, "Pos", Opinion.VERY_GOOD, "-", Opinion.BAD));
        assertThat(read(column, "+", "Pos", "-")).extracting(Labeled::label).endsWith(Opinion.BAD);
        assertThat(read(column.ignoringCase(), "pos"))
                .extracting(Labeled::label)
                .containsExactly(Opinion.VERY_GOOD);
        assertThat(read(column.ignoringCase().by(Map.of("Pos", Opinion.VERY_GOOD)), "POS"))
                .extracting(Labeled::label)
                .containsExactly(Opinion.VERY_GOOD);
    }

    @Test
    void allValuesWithoutALabelAreToldAtOnce() {
        assertThatThrownBy(() -> read(LabelColumn.of("label", Opinion.class), "BAD", "Bad", "?", "Bad", "x".repeat(90)))
                .hasMessage("""
                        [DataLabelUnknown] 4 rows of some.tsv with a "label" that is no label of Opinion.
                          "Bad" on line 3, 5. Did you mean "BAD"?
                          "?" on line 4.
                          "%s..." on line 6.
                          The column may hold: VERY_GOOD, BAD.
                          The file is %s.
                          Correct the values, or say what they mean: .ignoringCase(), .byNumber(0), or\
                         .by(Map.of("value", Opinion.VERY_GOOD)).
                          See docs/errors.md#DataLabelUnknown""".formatted("x".repeat(60), folder.resolve("some.tsv")));
    }

    @Test
    void rowsWithoutALabelAreToldWithTheOthers() throws IOException {
        Path file = Files.writeString(
                folder.resolve("some.jsonl"),
                "{\"text\": \"a\", \"label\": \"BAD\"}\n{\"text\": \"b\", \"label\": null}\n{\"text\": \"c\"}\n{\"label\": \"?\"}\n");
        LabelColumn<Opinion> column = LabelColumn.of("label", Opinion.class);
        assertThatThrownBy(() -> column.examples(DataFile.of(file).jsonLines(), row -> row))
                .hasMessageContaining("[DataLabelUnknown] 3 rows of some.jsonl")
                .hasMessageContaining("\n  No value on line 2, 3.\n  \"?\" on line 4.");
        assertThatThrownBy(() -> LabelColumn.of("lable", Opinion.class)
                        .examples(DataFile.of(file).jsonLines(), row -> row))
                .hasMessageContaining("Did you mean \"label\"?");
    }

    @Test
    void noMoreThanTenValuesAreShown() {
        String[] values = new String[30];
        for (int i = 0; i < values.length; i++) {
            values[i] = "label " + i;
        }
        assertThatThrownBy(() -> read(LabelColumn.of("label", Opinion.class), values))
                .hasMessageContaining("\"label 9\" on line 11.")
                .hasMessageNotContaining("label 10")
                .hasMessageContaining("... and 20 other values.");
    }

    private List<Labeled<String, Opinion>> read(LabelColumn<Opinion> column, String... values) throws IOException {
        StringBuilder text = new StringBuilder("text\tlabel\n");
        for (int i = 0; i < values.length; i++) {
            text.append(i).append('\t').append(values[i]).append('\n');
        }
        Path file = Files.writeString(folder.resolve("some.tsv"), text);
        return column.examples(DataFile.of(file).tsv(), row -> row.get("text"));
    }
}
