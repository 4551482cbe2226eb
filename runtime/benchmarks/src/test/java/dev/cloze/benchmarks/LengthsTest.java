package dev.cloze.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.model.LanguageModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is said of texts of many lengths. */
class LengthsTest {

    @Test
    void shortTextsAndLongOnesStandApart() {
        int[] tokens = {64, 65, 448, 449, 512, 1};
        double[] milliseconds = {2, 50, 60, 8, 9, 1};
        Lengths.Part part = Lengths.Part.of(tokens, milliseconds, 700);
        assertThat(part.line("6", "%.1f")).isEqualTo("| 6 | 11838.5 | 2.0 | 2.0 | 9.0 | 9.0 | 700.0 |");
        assertThat(part.beside(part).line("x", "%.2f")).isEqualTo("| x | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 | 1.00 |");
    }

    @Test
    void eachTenthOfTheTextsHasALine() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (LanguageModel model = LanguageModel.open("cloze-tiny-en");
                PrintStream out = new PrintStream(text, true, StandardCharsets.UTF_8)) {
            Lengths.measure(model.backbone(), 10_000, 100, 20, out);
        }
        assertThat(text.toString(StandardCharsets.UTF_8).lines())
                .hasSize(11)
                .first()
                .asString()
                .startsWith("| 2 | ");
        assertThat(text.toString(StandardCharsets.UTF_8)).contains("| 20 | ").contains("\n| last beside first | ");
    }
}
