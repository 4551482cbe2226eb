package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import dev.cloze.runtime.progress.ProgressStyle;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error, with the loss and the best score so far. One training at a time. */
final class ProgressBarListener implements TrainingListener {

    private final ProgressBarConsumer consumer;

    private @Nullable ProgressBar bar;
    private String score = "";

    /** Draws on standard error. */
    public ProgressBarListener() {
        this(System.err);
    }

    /** Draws on this stream. */
    ProgressBarListener(PrintStream out) {
        consumer = ProgressStyle.consumer(out);
    }

    @Override
    public void onStart(TrainingStarted started) {
        score = "";
        bar = new ProgressBarBuilder()
                .setTaskName("Training")
                .setInitialMax(started.steps())
                .startsFrom(started.step(), Duration.ZERO)
                .setStyle(style())
                .setUpdateIntervalMillis(200)
                .setConsumer(consumer)
                .build();
    }

    /** Block characters only where the console's encoding has them. */
    private static ProgressBarStyle style() {
        Charset console = Charset.forName(
                System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding", "UTF-8")));
        return console.name().startsWith("UTF") ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII;
    }

    @Override
    public void onStep(StepEnded step) {
        if (bar != null) {
            bar.stepTo(step.step());
            bar.setExtraMessage(String.format(Locale.ROOT, "loss %.4f%s", step.loss(), score));
        }
    }

    @Override
    public void onEvaluation(EvaluationEnded evaluation) {
        if (evaluation.best()) {
            score = String.format(Locale.ROOT, ", best %.4f", evaluation.score());
        }
    }

    @Override
    public void onEnd(TrainingEnded ended) {
        if (bar != null) {
            bar.setExtraMessage(ended.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ') + score);
            bar.close();
            bar = null;
        }
    }
}
