package dev.cloze.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** {@code cloze serve} in a process of its own, ready to be asked. */
public final class ServedProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader out;
    private final List<String> said = new ArrayList<>();
    private final URI address;

    /** Starts it with options of Java and of the command, and waits until it is ready. */
    public ServedProcess(Map<String, String> environment, List<String> java, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(java);
        command.addAll(List.of("-cp", CommandRun.classPath(), Main.class.getName(), "serve", "--port", "0"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(environment);
        this.process = builder.start();
        this.out = process.inputReader(StandardCharsets.UTF_8);
        this.address = ready();
    }

    private URI ready() throws IOException {
        String start = "Ready at ";
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            said.add(line);
            if (line.startsWith(start)) {
                return URI.create(line.substring(start.length()));
            }
        }
        throw new IOException("serve ended before it was ready: " + said);
    }

    public URI address() {
        return address;
    }

    /** The lines until it was ready. */
    public List<String> said() {
        return said;
    }

    public Process process() {
        return process;
    }

    /** Bytes of its memory that are in use; 0 where the system doesn't tell. */
    public long resident() throws IOException {
        Path status = Path.of("/proc", String.valueOf(process.pid()), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .flatMap(line -> Arrays.stream(line.split("\\s+")).skip(1).limit(1))
                .mapToLong(kib -> Long.parseLong(kib) << 10)
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
