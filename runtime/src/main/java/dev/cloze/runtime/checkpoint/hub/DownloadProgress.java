package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.runtime.progress.ProgressStyle;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how far a download is, as {@link ProgressStyle#here} says: a bar, or a log line each tenth. */
final class DownloadProgress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DownloadProgress.class);
    private static final long MEGABYTE = 1_000_000;

    private final String model;
    private final long total;
    private final ProgressStyle style;
    private final @Nullable ProgressBar bar;
    private long done;
    private int tenths;

    /**
     * @param total bytes in all; where that is not known nothing is shown
     */
    DownloadProgress(String model, long total) {
        this.model = model;
        this.total = Math.max(1, total);
        this.style = total > 0 ? ProgressStyle.here() : ProgressStyle.OFF;
        this.bar = style == ProgressStyle.BAR ? bar(model, total) : null;
    }

    /** So many bytes more are there; negative if some had to be thrown away. */
    void add(long bytes) {
        done += bytes;
        if (bar != null) {
            bar.stepTo(Math.max(0, done));
        } else if (style == ProgressStyle.LOG && Math.min(10, done * 10 / total) > tenths) {
            tenths = (int) Math.min(10, done * 10 / total);
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
                .setConsumer(ProgressStyle.consumer(System.err))
                .build();
    }
}
