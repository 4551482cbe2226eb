package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.progress.ProgressStyle;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how several trainings in a row go: one bar over the steps of all, with the time left, or log lines. One training at a
 * time.
 */
public final class PlanDisplay implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cloze.training");

    private final ProgressStyle style;
    private final @org.jspecify.annotations.Nullable ProgressBar bar;

    /**
     * @param updates optimizer steps of all trainings
     * @param plan what is about to be done, as a line to be read
     * @param quiet whether nothing is shown
     */
    public PlanDisplay(long updates, String plan, boolean quiet) {
        this.style = quiet ? ProgressStyle.OFF : ProgressStyle.here();
        if (style == ProgressStyle.LOG) {
            LOG.info("{}.", plan);
        }
        this.bar = style == ProgressStyle.BAR ? ProgressStyle.bar("Training", updates) : null;
    }

    /**
     * What hears of one of the trainings, or of several that belong together, one after the other.
     *
     * @param title what it is, such as {@code 3 of 13, pattern-1-3}
     * @param before optimizer steps of the trainings before it
     */
    public TrainingListener of(String title, long before) {
        return switch (style) {
            case BAR -> new OnBar(title, before);
            case LOG -> {
                LOG.info("Training {}.", title);
                yield new LogListener();
            }
            case OFF -> new TrainingListener() {};
        };
    }

    /** How many steps there are in all, where that is known only on the way. */
    public void total(long updates) {
        if (bar != null) {
            bar.maxHint(updates);
        }
    }

    /** Shows work between trainings that counts like so many steps. */
    public void at(String title, long updates) {
        if (bar != null) {
            bar.stepTo(updates);
            bar.setExtraMessage(title);
        }
    }

    private final class OnBar implements TrainingListener {
        private final String title;
        private long before;
        private int reached;

        OnBar(String title, long before) {
            this.title = title;
            this.before = before;
        }

        @Override
        public void onStart(TrainingStarted started) {
            before += reached;
            show(started.step(), title);
        }

        @Override
        public void onStep(StepEnded step) {
            show(step.step(), String.format(Locale.ROOT, "%s, loss %.4f", title, step.loss()));
        }

        private void show(int step, String message) {
            reached = step;
            if (bar != null) {
                bar.stepTo(before + step);
                bar.setExtraMessage(message);
            }
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
