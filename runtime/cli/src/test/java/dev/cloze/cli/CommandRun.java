package dev.cloze.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a command printed, and how it ended.
 *
 * @param code the exit code
 * @param out standard output
 * @param errors standard error
 */
public record CommandRun(int code, String out, String errors) {

    /** Runs the main program in this process. */
    public static CommandRun here(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Main.run(new PrintWriter(out), new PrintWriter(errors), arguments);
        return new CommandRun(code, out.toString(), errors.toString());
    }

    /** Runs it as a process of its own from this test's class path. */
    static CommandRun process(Map<String, String> variables, List<String> jvmArguments, String... arguments)
            throws IOException, InterruptedException {
        List<String> program = new ArrayList<>(jvmArguments);
        program.addAll(List.of("-cp", classPath(), Main.class.getName()));
        return java(Path.of(System.getProperty("java.home")), variables, program, arguments);
    }

    /** Runs a program with the Java of that home. */
    static CommandRun java(Path home, Map<String, String> variables, List<String> program, String... arguments)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin").resolve("java").toString()));
        command.addAll(program);
        command.addAll(List.of(arguments));
        return program(variables, command);
    }

    /** Runs any program. */
    static CommandRun program(Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        return program(Path.of(""), variables, command);
    }

    /** Runs any program in that folder. */
    static CommandRun program(Path folder, Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("cloze-out", ".txt");
        Path errors = Files.createTempFile("cloze-err", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
        builder.directory(folder.toAbsolutePath().toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // the JVM says on standard error that it has seen them
        builder.environment().putAll(variables);
        try {
            int code = builder.start().waitFor();
            return new CommandRun(code, read(out), read(errors));
        } finally {
            Files.delete(out);
            Files.delete(errors);
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
