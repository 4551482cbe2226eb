package dev.cloze.benchmarks.accuracy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Numbers that took long to measure, kept in a file as they come, so that a run goes on where another was cut off. */
public final class Measurements {

    private final Path file;
    private final Map<String, List<Double>> finished = new LinkedHashMap<>();

    private Measurements(Path file) {
        this.file = file;
    }

    /** What the file holds, a line each: a key, and numbers, between tabs; nothing where there is no file yet. */
    public static Measurements in(Path file) throws IOException {
        Measurements measurements = new Measurements(file);
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            Files.readAllLines(file).forEach(measurements::read);
        }
        return measurements;
    }

    private void read(String line) {
        List<String> parts = List.of(line.split("\t", -1));
        finished.put(
                parts.get(0),
                parts.subList(1, parts.size()).stream().map(Double::valueOf).toList());
    }

    /** The numbers of this key, if they are there. */
    public Optional<List<Double>> find(String key) {
        return Optional.ofNullable(finished.get(key));
    }

    /** The numbers of this key: from the file, or measured now and written to it. */
    public List<Double> get(String key, Supplier<List<Double>> measure) throws IOException {
        List<Double> known = finished.get(key);
        if (known != null) {
            return known;
        }
        List<Double> measured = measure.get();
        finished.put(key, measured);
        String line = key + "\t"
                + String.join("\t", measured.stream().map(Object::toString).toList());
        Files.write(
                file,
                Arrays.asList(line),
                StandardCharsets.UTF_8,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return measured;
    }
}
