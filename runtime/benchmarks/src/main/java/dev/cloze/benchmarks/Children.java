package dev.cloze.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Starts processes for what is measured from their start, or in a process of its own. */
final class Children {

    private Children() {}

    /** A program of this module on the class path of this one. */
    static List<String> java(Class<?> program, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * What a process has said.
     *
     * @param seconds from its start to its first line
     * @param report its last line: its processor time when it wrote the first one, and its memory when it wrote the last
     */
    record Said(double seconds, JsonObject report) {}

    /** Runs a process to its end. */
    static Said run(List<String> command, int threads) throws IOException {
        long start = System.nanoTime();
        Process process = start(command, threads);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String last = lines.readLine();
            double seconds = (System.nanoTime() - start) / 1e9;
            for (String line = last; line != null; line = lines.readLine()) {
                last = line;
            }
            if (last == null) {
                throw new IOException("No answer from " + command);
            }
            return new Said(seconds, JsonParser.parseString(last).getAsJsonObject());
        }
    }

    /** All lines it prints. */
    static List<String> lines(List<String> command, int threads) throws IOException {
        try (BufferedReader lines = start(command, threads).inputReader(StandardCharsets.UTF_8)) {
            return lines.lines().toList();
        }
    }

    /** One that has no word on OpenMP in its environment but these; number its threads by {@code cloze.threads}. */
    static ProcessBuilder bare(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().keySet().removeIf(name -> name.startsWith("OMP_") || name.startsWith("GOMP_"));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Hands on each line a process prints, as it comes; that it fails is an error. */
    static void each(ProcessBuilder builder, Consumer<String> line) throws IOException {
        Process process = builder.start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line);
        }
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(builder.command() + " ended with status " + status);
        }
    }

    private static Process start(List<String> command, int threads) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(threads));
        return builder.start();
    }
}
