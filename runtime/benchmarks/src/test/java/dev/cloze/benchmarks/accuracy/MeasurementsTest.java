package dev.cloze.benchmarks.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementsTest {

    private static final int CELLS = 12;

    @TempDir
    private Path folder;

    @Test
    void processesShareTheCellsAndNoneIsMeasuredTwice() throws Exception {
        Path file = folder.resolve("results.tsv");
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            processes.add(new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Sharing.class.getName(),
                            file.toString())
                    .inheritIO()
                    .start());
        }
        for (Process process : processes) {
            assertThat(process.waitFor()).isZero();
        }
        assertThat(Files.readAllLines(file)).hasSize(CELLS);
        Measurements all = Measurements.in(file);
        for (int i = 0; i < CELLS; i++) {
            assertThat(all.find("cell " + i)).contains(List.of((double) i));
        }
    }

    @Test
    void aLineThatIsStillBeingWrittenIsLeftOut() throws IOException {
        Path file = folder.resolve("results.tsv");
        Files.writeString(file, "a\t1.0\nb\t2.", StandardOpenOption.CREATE);
        assertThat(Measurements.in(file).find("a")).contains(List.of(1.0));
        assertThat(Measurements.in(file).find("b")).isEmpty();
    }

    /** What each process runs. */
    static final class Sharing {
        public static void main(String[] arguments) throws IOException {
            Map<String, Supplier<List<Double>>> cells = new LinkedHashMap<>();
            for (int i = 0; i < CELLS; i++) {
                double number = i;
                cells.put("cell " + i, () -> slowly(number));
            }
            Measurements.in(Path.of(arguments[0])).all(cells);
        }

        private static List<Double> slowly(double number) {
            try {
                Thread.sleep(60);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return List.of(number);
        }
    }
}
