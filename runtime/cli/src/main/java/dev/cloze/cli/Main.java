package dev.cloze.cli;

import dev.cloze.annotations.Precision;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.engine.ComputePrecision;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Runs a command: exit code 0 when all went well, 1 for a failure, 2 for a command line that means nothing. */
public final class Main {

    private Main() {}

    /** What {@code java -jar cloze.jar} starts; it reads and prints UTF-8 under any locale. */
    public static void main(String[] arguments) {
        WatchedOutput standard = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
        PrintWriter out = new PrintWriter(standard, false, StandardCharsets.UTF_8);
        PrintStream errors = new MessageStream(new FileOutputStream(FileDescriptor.err));
        // Standard output is the result alone, whatever a library prints.
        System.setOut(errors);
        System.setErr(errors);
        PrintWriter messages = new PrintWriter(errors, true, StandardCharsets.UTF_8);
        int code = run(out, messages, CommandLineBytes.restored(arguments));
        System.exit(
                standard.failure().map(failure -> unwritten(messages, failure)).orElse(code));
    }

    /** What was printed did not arrive; nothing is said to a reader that has heard enough, as {@code head} has. */
    private static int unwritten(PrintWriter messages, IOException failure) {
        String reason = String.valueOf(failure.getMessage());
        if (!reason.contains("Broken pipe")) {
            messages.println(Problem.DISK_WRITE.message(
                    "Standard output could not be written: " + reason + ".\n  Free some space, or send it elsewhere."));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Runs a command in this process. */
    static int run(PrintWriter out, PrintWriter errors, String... arguments) {
        ClozeCommand root = new ClozeCommand();
        CommandLine commandLine = new CommandLine(root)
                .setOut(out)
                .setErr(errors)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(parsed -> execute(root, parsed))
                .setExecutionExceptionHandler((failure, command, parsed) -> fail(errors, root.verbose(), failure));
        try {
            return commandLine.execute(arguments);
        } catch (LinkageError | StackOverflowError | OutOfMemoryError e) {
            return fail(errors, root.verbose(), e);
        } finally {
            out.flush();
            errors.flush();
        }
    }

    private static int execute(ClozeCommand root, ParseResult parsed) {
        Logging.configure(root.verbose());
        return root.precision().map(precision -> executeAt(precision, parsed)).orElseGet(() -> new CommandLine.RunLast()
                .execute(parsed));
    }

    /** The precision is all models', and this command's alone. */
    private static int executeAt(Precision precision, ParseResult parsed) {
        String name = ComputePrecision.PROPERTY;
        String before = System.setProperty(name, precision.name());
        try {
            return new CommandLine.RunLast().execute(parsed);
        } finally {
            if (before == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, before);
            }
        }
    }

    private static int fail(PrintWriter errors, boolean verbose, Throwable failure) {
        errors.println(message(failure));
        if (verbose) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            errors.print(trace);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** A failure in words; one nobody expected is {@code [InternalError]}. */
    static String message(Throwable failure) {
        return failure instanceof ClozeException known
                ? CommandLineWords.of(String.valueOf(known.getMessage()))
                : Problem.INTERNAL_ERROR.message("Cloze failed in a way nobody expected: " + failure
                        + "\n  Run it again with --verbose, and report what it prints.");
    }
}
