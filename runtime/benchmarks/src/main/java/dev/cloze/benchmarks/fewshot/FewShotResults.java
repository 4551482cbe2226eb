package dev.cloze.benchmarks.fewshot;

import dev.cloze.benchmarks.accuracy.Measurements;
import dev.cloze.benchmarks.fewshot.TableRow.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What has been measured so far: a file to which each cell is added as soon as it is there. */
final class FewShotResults {

    /**
     * A cell that is there.
     *
     * @param seconds how long it took
     */
    record Kept(Measured measured, double seconds) {}

    private final Measurements kept;

    private FewShotResults(Measurements kept) {
        this.kept = kept;
    }

    static FewShotResults in(Path file) throws IOException {
        return new FewShotResults(Measurements.in(file));
    }

    Optional<Kept> find(String key) {
        return kept.find(key).map(FewShotResults::kept);
    }

    /** Measures each of these that is not there yet and that no other process is measuring, until all are there. */
    void all(Map<String, Supplier<Measured>> cells) throws IOException {
        Map<String, Supplier<List<Double>>> timed = new LinkedHashMap<>();
        cells.forEach((key, measure) -> timed.put(key, () -> timed(key, measure)));
        kept.all(timed);
    }

    private static List<Double> timed(String key, Supplier<Measured> measure) {
        long start = System.nanoTime();
        Measured measured = measure.get();
        double seconds = Math.round((System.nanoTime() - start) / 1e8) / 10.0;
        System.err.printf("%s: dev %.3f, test %.3f, %.0f s%n", key, measured.dev(), measured.test(), seconds);
        return List.of(seconds, measured.dev(), measured.test());
    }

    private static Kept kept(List<Double> numbers) {
        return new Kept(new Measured(numbers.get(1), numbers.get(2)), numbers.get(0));
    }

    static String cell(TableRow row, FewShotTask task, int seed) {
        return String.join(", ", row.id(), task.name(), "seed " + seed);
    }

    static String search(TableRow row, FewShotTask task, int seed, double learningRate) {
        return String.join(", ", "search", row.id(), task.name(), "seed " + seed, "learning rate " + learningRate);
    }
}
