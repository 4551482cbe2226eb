package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import java.io.Console;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Shows how a training goes: a progress bar where standard error is a terminal, log lines elsewhere.
 *
 * <p>The system property {@code cloze.progress} overrides the choice: {@code bar}, {@code log} or {@code off}.
 */
public final class ProgressDisplay {

    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private ProgressDisplay() {}

    /** The listener that suits this process. */
    public static TrainingListener listener() {
        String choice = System.getProperty("cloze.progress", "auto").toLowerCase(Locale.ROOT);
        return switch (choice) {
            case "bar" -> new ProgressBarListener();
            case "log" -> new LogListener();
            case "off" -> new TrainingListener() {};
            default -> isTerminal() ? new ProgressBarListener() : new LogListener();
        };
    }

    /** Linux tells what standard error is; elsewhere the console, which is standard input and output, must do. */
    @SuppressWarnings("SystemConsoleNull") // Before Java 22 it can be null.
    static boolean isTerminal() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        if (Files.isSymbolicLink(STANDARD_ERROR)) {
            try {
                return Files.readSymbolicLink(STANDARD_ERROR).toString().matches("/dev/(pts/|tty|console).*");
            } catch (IOException e) {
                return false;
            }
        }
        Console console = System.console();
        return console != null && isTerminal(console);
    }

    /** From Java 22 on there is a console also where there is no terminal, and {@code isTerminal} to tell. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException beforeJava22) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
