package dev.cloze.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.engine.InstructionSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpeedCheckTest {

    private static final String PRINTED = """
            2026-11-27, 2 cores

            ### Classification, small shape (texts a second)

            | input | batch | transformers | Cloze | times as fast | rounds | in processor time |
            |---|---:|---:|---:|---:|---|---:|
            | ids | 1 | 182.4 | 719.8 | **3.91** | 3.03 to 4.48 | 2.78 |
            | texts | 8 | 198.6 | 1563.9 | **8.26** | 5.72 to 9.24 | 2.24 |

            ### Training step, small shape (milliseconds, dropout on)

            | 8 | foreach | 141.9 | 27.7 | **5.13** | 4.36 to 5.60 |

            ### An encoder's body from ids, bge-small-en-v1.5, ONNX Runtime 1.29.0 (texts a second)

            | 1 x 16 | 140.3 | 58.1 | **0.40** | 0.33 to 0.45 | 57.4 | **1.11** | 0.96 to 1.24 |
            | 1 x 32 beside 4 busy processes | 5.3 | 18.1 | **3.40** | 1.33 to 9.45 | | | |
            """;

    @Test
    void aRowOfAnIdleMachineIsNamedByItsSectionAndWhatStandsBeforeItsFigures() {
        assertThat(SpeedRows.of(PRINTED))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Classification, small shape: ids, 1", 3.91,
                        "Classification, small shape: texts, 8", 8.26,
                        "Training step, small shape: 8", 5.13,
                        "An encoder's body from ids, bge-small-en-v1.5: 1 x 16", 0.40));
    }

    @Test
    void aRatioMayFallByLessThan15Percent() {
        Map<String, Double> kept = Map.of("a", 2.0, "b", 2.0, "not measured", 1.0);
        assertThat(SpeedCheck.slower(kept, Map.of("a", 1.71, "b", 1.69))).isEqualTo(List.of("b"));
        assertThat(SpeedCheck.gone(kept, Map.of("a", 1.71, "b", 1.69))).isEqualTo(List.of("not measured"));
    }

    @Test
    void whereNothingIsKeptOfAnInstructionSetNothingIsMeasured(@TempDir Path folder)
            throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("speed.tsv"), "ANOTHER\ta\t1.5\n");
        PrintStream out = System.out;
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
        try {
            SpeedCheck.main(new String[] {file.toString(), "check", "--python", "there-is-none"});
        } finally {
            System.setOut(out);
        }
        assertThat(text.toString(StandardCharsets.UTF_8))
                .isEqualToIgnoringNewLines("SKIPPED: no ratio is kept for " + InstructionSet.described()
                        + "; -Dspeed.do=keep keeps them.");
    }

    @Test
    void whatIsKeptForOtherInstructionSetsStays(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("speed.tsv");
        Files.writeString(file, "AVX2\ta\t1.5\nAVX512\told\t1.0\n");
        SpeedCheck.keep(file, "AVX512", Map.of("new", 2.0));
        assertThat(SpeedCheck.kept(file, "AVX2")).isEqualTo(Map.of("a", 1.5));
        assertThat(SpeedCheck.kept(file, "AVX512")).isEqualTo(Map.of("new", 2.0));
    }
}
