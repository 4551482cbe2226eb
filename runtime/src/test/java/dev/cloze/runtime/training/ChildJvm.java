package dev.cloze.runtime.training;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Another JVM with this one's class path, that a test may kill. */
public record ChildJvm(Process process, Path outputFile) {

    /** The bit of signal 2 in Linux's sets of signals. */
    private static final long INTERRUPT = 1L << 1;

    private static final String SCRIPT = "/usr/bin/script";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static List<String> command(Class<?> main, List<String> arguments) {
        return command(classPath(), main, arguments);
    }

    private static List<String> command(String classPath, Class<?> main, List<String> arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(
                List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", classPath, main.getName()));
        command.addAll(arguments);
        return command;
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    public static ChildJvm start(Class<?> main, List<String> arguments) throws IOException {
        return start(command(main, arguments));
    }

    /** With so little heap: {@code 16m}. */
    public static ChildJvm startWithHeap(String most, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = command(main, arguments);
        command.add(1, "-Xmx" + most);
        return start(command);
    }

    /** As the end of another command. */
    static ChildJvm startBehind(List<String> before, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(command(main, arguments));
        return start(command);
    }

    /** With a folder before everything else on its class path. */
    public static ChildJvm startAfter(Path folder, Class<?> main) throws IOException {
        return start(command(folder + File.pathSeparator + classPath(), main, List.of()));
    }

    /** Without those of its class path whose names hold this. */
    public static ChildJvm startWithout(String part, Class<?> main, List<String> arguments) throws IOException {
        String others = Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> !entry.contains(part))
                .collect(Collectors.joining(File.pathSeparator));
        return start(command(others, main, arguments));
    }

    /** On a pseudo-terminal of its own, with a redirection if there is one. */
    public static ChildJvm startOnTerminal(Class<?> main, List<String> arguments, String redirection)
            throws IOException {
        String java = "exec '" + String.join("' '", command(main, arguments)) + "' " + redirection;
        return start(List.of(SCRIPT, "-qec", java, "/dev/null"));
    }

    public static void assumeTerminals() {
        assumeThat(Files.isExecutable(Path.of(SCRIPT)))
                .as("the program script, which makes a pseudo-terminal, is not installed")
                .isTrue();
    }

    /** A shell has what it runs in the background ignore Ctrl-C, and so do all children of it. */
    public static void assumeInterrupts() throws IOException {
        Path status = Path.of("/proc/self/status");
        String field = "SigIgn:";
        List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
        boolean ignored = lines.stream()
                .filter(line -> line.startsWith(field))
                .mapToLong(line ->
                        Long.parseUnsignedLong(line.substring(field.length()).strip(), 16))
                .anyMatch(signals -> (signals & INTERRUPT) != 0);
        assumeThat(ignored).as("Ctrl-C is ignored in the background of a shell").isFalse();
    }

    private static ChildJvm start(List<String> command) throws IOException {
        Path output = Files.createTempFile("child", ".txt");
        output.toFile().deleteOnExit();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new ChildJvm(process, output);
    }

    /** The exit code, once it has ended by itself. */
    public int await() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("The child did not end.");
        }
        return process.exitValue();
    }

    /** SIGKILL, which no process can refuse. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Standard output and error, once it has ended. */
    public String output() throws IOException, InterruptedException {
        await();
        return Files.readString(outputFile, StandardCharsets.UTF_8);
    }
}
