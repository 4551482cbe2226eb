package dev.cloze.runtime.tuning.patterns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloze.runtime.training.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoftLabelsMemoryTest {

    /** An array of two numbers and a place in a list: 16 bytes of header, 8 of numbers, 4 of reference. */
    private static final long BYTES_OF_A_ROW = 28;

    @TempDir
    Path folder;

    @Test
    void softLabelsThatAreLargerThanTheHeapAreMergedRowByRow() throws Exception {
        ChildJvm child = ChildJvm.startWithHeap("16m", SoftLabelsRuns.class, List.of(folder.toString()));
        assertThat(child.output())
                // The mean of 999,999 and three times that, each modulo 16.
                .contains("1000000 rows, the last 14.0");
        assertThat(SoftLabelsRuns.TEXTS * BYTES_OF_A_ROW).isGreaterThan(16L << 20);
    }
}
