package dev.cloze.cli.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.progress.ProgressStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecordProgressTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong clock = new AtomicLong(5 * SECOND);

    private String shown(ProgressStyle style, int batches) {
        PrintStream before = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try (RecordProgress progress = new RecordProgress(style, clock::get)) {
            for (int i = 0; i < batches; i++) {
                clock.addAndGet(10 * SECOND);
                progress.add(256);
            }
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aBarCountsThem() {
        assertThat(shown(ProgressStyle.BAR, 3)).contains("Predicting").contains("768");
    }

    @Test
    void aLineTellsEachHalfMinute() {
        assertThat(shown(ProgressStyle.LOG, 8).lines())
                .hasSize(2)
                .satisfiesExactly(
                        first -> assertThat(first).endsWith("1,024 records, 26 a second."),
                        second -> assertThat(second).endsWith("2,048 records, 26 a second."));
    }

    @Test
    void nothingIsShownWhereNobodyWantsIt() {
        assertThat(shown(ProgressStyle.OFF, 9)).isEmpty();
    }
}
