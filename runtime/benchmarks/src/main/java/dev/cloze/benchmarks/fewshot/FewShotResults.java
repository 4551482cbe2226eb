package dev.cloze.benchmarks.fewshot;

import dev.cloze.benchmarks.accuracy.Measurements;
import dev.cloze.benchmarks.fewshot.TableRow.Measured;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    Kept get(String key, Supplier<Measured> measure) throws IOException {
        return kept(kept.get(key, () -> {
            long start = System.nanoTime();
            Measured measured = measure.get();
            List<Double> numbers = new ArrayList<>();
            numbers.add(Math.round((System.nanoTime() - start) / 1e8) / 10.0);
            numbers.add(measured.dev());
            numbers.add(measured.test());
            numbers.addAll(measured.parts());
            return numbers;
        }));
    }

    private static Kept kept(List<Double> numbers) {
        return new Kept(
                new Measured(numbers.get(1), numbers.get(2), numbers.subList(3, numbers.size())), numbers.get(0));
    }

    static String cell(TableRow row, FewShotTask task, int seed) {
        return String.join(", ", row.id(), task.name(), "seed " + seed);
    }

    static String search(TableRow row, FewShotTask task, int seed, double learningRate) {
        return String.join(", ", "search", row.id(), task.name(), "seed " + seed, "learning rate " + learningRate);
    }
}
