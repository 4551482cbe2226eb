package dev.cloze.build;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures a task in a JVM of its own, on the class path that a build made: {@code task=com.acme.Review file=reviews.csv
 * minimum=0.8}, and {@code metric}, {@code labelColumn}, {@code column.PLACEHOLDER}, {@code label.VALUE}, {@code report} and
 * {@code failure}, files for the figures and for the message of a failure, which goes to standard error otherwise.
 *
 * <p>Ends with 0, with 2 where the task is below the bar, and with 1 after any other failure.
 */
public final class ZeroShotMain {

    static final int BELOW_BAR = 2;

    private ZeroShotMain() {}

    /** What the build tool starts. */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), new PrintStream(System.out, true, StandardCharsets.UTF_8)));
    }

    static int run(List<String> arguments, PrintStream out) {
        Arguments settings = new Arguments(java.util.Map.of());
        try {
            settings = Arguments.of(arguments);
            check(settings, out);
            return 0;
        } catch (ClozeException e) {
            fail(settings, String.valueOf(e.getMessage()));
            return e.problem() == Problem.EVALUATION_BELOW_BAR ? BELOW_BAR : 1;
        } catch (LinkageError | RuntimeException e) {
            fail(
                    settings,
                    Problem.INTERNAL_ERROR.message(
                            "The task could not be measured: " + e
                                    + "\n  Are cloze-runtime and the libraries of libtorch on the class path, all of one version?"));
            e.printStackTrace();
            return 1;
        }
    }

    private static void check(Arguments settings, PrintStream out) {
        ZeroShotCheck check = settings.check();
        Measured measured = check.evaluate(ZeroShotMain.class.getClassLoader());
        out.println(check.task() + " on " + check.file() + ": " + measured.table());
        settings.file("report").ifPresent(report -> write(report, check.json(measured)));
        check.require(measured);
    }

    private static void fail(Arguments settings, String message) {
        settings.file("failure").ifPresentOrElse(file -> write(file, message), () -> System.err.println(message));
    }

    private static void write(Path file, String text) {
        try {
            DiskFolders.makeFor(file);
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    file + " can't be written.\n  The system says: " + e.getMessage()
                            + "\n  Free some space, or name another.",
                    e);
        }
    }
}
