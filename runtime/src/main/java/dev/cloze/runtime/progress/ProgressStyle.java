package dev.cloze.runtime.progress;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;

/** The ways to show progress. */
public enum ProgressStyle {
    /** A bar on standard error. */
    BAR,
    /** Log lines. */
    LOG,
    /** Not at all. */
    OFF;

    private static final int WIDTH = 80;
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    /**
     * The one that suits this process: a bar where standard error is a terminal, log lines elsewhere. The system property
     * {@code cloze.progress} overrides it: {@code bar}, {@code log} or {@code off}.
     */
    public static ProgressStyle here() {
        String choice = System.getProperty("cloze.progress", "auto").toLowerCase(Locale.ROOT);
        return switch (choice) {
            case "bar" -> BAR;
            case "log" -> LOG;
            case "off" -> OFF;
            default -> isTerminal() ? BAR : LOG;
        };
    }

    /**
     * What draws bars on that stream.
     *
     * <p>The width is given, as to find it out the library would have JLine take over the terminal, after which Ctrl-C
     * ends the JVM without its shutdown hooks: there would be no last checkpoint.
     */
    public static ProgressBarConsumer consumer(PrintStream out) {
        return new ConsoleProgressBarConsumer(out, WIDTH);
    }

    /** A bar on standard error. */
    public static ProgressBar bar(String task, long most) {
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(most)
                .setUpdateIntervalMillis(200)
                .setConsumer(consumer(System.err))
                .build();
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
