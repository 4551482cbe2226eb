package dev.cloze.benchmarks.accuracy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
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

/**
 * Numbers that took long to measure, kept in a file as they come, so that a run goes on where another was cut off, and
 * several processes can share the work.
 */
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
        measurements.readAgain();
        return measurements;
    }

    /** What is there by now, other processes' too; a line that one is just writing is left for later. */
    private void readAgain() throws IOException {
        if (Files.exists(file)) {
            String text = Files.readString(file);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(this::read);
        }
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

    /**
     * Measures each of these that is not there yet. Other processes may do the same on this file: a cell is measured by one
     * of them, and this returns when all are there.
     */
    public void all(Map<String, Supplier<List<Double>>> cells) throws IOException {
        Path locks = file.resolveSibling("." + file.getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(locks, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            while (!pass(cells, channel)) {
                pause();
            }
        }
    }

    /** Whether all are there afterwards, and none is being measured elsewhere. */
    private boolean pass(Map<String, Supplier<List<Double>>> cells, FileChannel channel) throws IOException {
        boolean whole = true;
        readAgain();
        for (Map.Entry<String, Supplier<List<Double>>> cell : cells.entrySet()) {
            if (find(cell.getKey()).isPresent()) {
                continue;
            }
            // A lock of a byte that the key's hash names; the system gives it back when a process dies.
            try (FileLock lock =
                    channel.tryLock(Integer.toUnsignedLong(cell.getKey().hashCode()), 1, false)) {
                if (lock != null) {
                    readAgain();
                    get(cell.getKey(), cell.getValue());
                } else {
                    whole = false;
                }
            }
        }
        return whole;
    }

    private static void pause() {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while other processes measure", e);
        }
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
