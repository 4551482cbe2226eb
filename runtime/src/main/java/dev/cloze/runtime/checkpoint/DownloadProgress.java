package dev.cloze.runtime.checkpoint;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how far a download is: a bar on a terminal, a log line each tenth elsewhere. The system property
 * {@code cloze.progress} ({@code bar}, {@code log}, {@code off}) overrides the choice.
 */
final class DownloadProgress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DownloadProgress.class);
    private static final long MEGABYTE = 1_000_000;

    private final String model;
    private final long total;
    private final String shown;
    private final @Nullable ProgressBar bar;
    private long done;
    private int tenths;

    DownloadProgress(String model, long total) {
        this.model = model;
        this.total = Math.max(1, total);
        this.shown = System.getProperty("cloze.progress", onTerminal() ? "bar" : "log");
        this.bar = shown.equals("bar") ? bar(model, total) : null;
    }

    /** So many bytes more are there; negative if some had to be thrown away. */
    void add(long bytes) {
        done += bytes;
        if (bar != null) {
            bar.stepTo(Math.max(0, done));
        } else if (shown.equals("log") && done * 10 / total > tenths) {
            tenths = (int) (done * 10 / total);
            LOG.info(
                    "{}: {} of {} ({} %)",
                    model, HubProblems.megabytes(done), HubProblems.megabytes(total), tenths * 10);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    private static ProgressBar bar(String model, long total) {
        return new ProgressBarBuilder()
                .setTaskName(model)
                .setInitialMax(total)
                .setUnit(" MB", MEGABYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .showSpeed()
                .build();
    }

    @SuppressWarnings("SystemConsoleNull")
    private static boolean onTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // From JDK 22 on there is a console even where there is no terminal.
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
