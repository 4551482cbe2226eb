package dev.cloze.runtime.comparison;

import dev.cloze.runtime.progress.ProgressStyle;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows how a comparison goes: a bar over all trainings with the time left, or a log line for each. */
final class CellProgress implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cloze.comparison");

    private final ProgressStyle style = ProgressStyle.here();
    private final long all;
    private final @Nullable ProgressBar bar;
    private long done;

    CellProgress(long all) {
        this.all = all;
        this.bar = style == ProgressStyle.BAR ? ProgressStyle.bar("Comparing", all) : null;
    }

    /** One that was there already. */
    void known() {
        done++;
        if (bar != null) {
            bar.stepTo(done);
        }
    }

    /** One that has just been measured. */
    void measured(String title, Cell cell) {
        done++;
        String line = title + ": " + came(cell);
        if (bar != null) {
            bar.stepTo(done);
            bar.setExtraMessage(line);
        } else if (style == ProgressStyle.LOG) {
            LOG.info("{} of {}, {}", done, all, line);
        }
    }

    private static String came(Cell cell) {
        return String.format(
                Locale.ROOT,
                Double.isNaN(cell.test()) ? "diverged, %3$.0f s" : "dev %1$.1f%%, test %2$.1f%%, %3$.0f s",
                100 * cell.dev(),
                100 * cell.test(),
                cell.seconds());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
