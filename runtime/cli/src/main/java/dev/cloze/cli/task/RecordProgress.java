package dev.cloze.cli.task;

import dev.cloze.runtime.progress.ProgressStyle;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how many records are done, of which nobody knows how many there are: a bar, or a log line each half minute. */
final class RecordProgress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cloze.prediction");
    private static final double HALF_A_MINUTE = 30;
    private static final long UNKNOWN = -1;

    private final ProgressStyle style;
    private final LongSupplier nanoseconds;
    private final long start;
    private final @Nullable ProgressBar bar;
    private double lastLine;
    private long done;

    RecordProgress(ProgressStyle style, LongSupplier nanoseconds) {
        this.style = style;
        this.nanoseconds = nanoseconds;
        this.start = nanoseconds.getAsLong();
        this.bar = style == ProgressStyle.BAR ? ProgressStyle.bar("Predicting", UNKNOWN) : null;
    }

    /** As suits this process; no bar where the records themselves may be on the terminal. */
    static RecordProgress of(boolean toFile) {
        ProgressStyle style = ProgressStyle.here();
        return new RecordProgress(style == ProgressStyle.BAR && !toFile ? ProgressStyle.OFF : style, System::nanoTime);
    }

    /** So many more are done. */
    void add(int records) {
        done += records;
        if (bar != null) {
            bar.stepTo(done);
        }
        double seconds = (nanoseconds.getAsLong() - start) / 1e9;
        if (style == ProgressStyle.LOG && seconds - lastLine > HALF_A_MINUTE) {
            lastLine = seconds;
            LOG.info(String.format(Locale.ROOT, "%,d records, %,.0f a second.", done, done / seconds));
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
