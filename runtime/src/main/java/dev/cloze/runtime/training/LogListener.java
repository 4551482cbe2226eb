package dev.cloze.runtime.training;

import dev.cloze.runtime.TrainingListener;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines (SLF4J, level INFO): the start, each tenth of the steps or each half minute, each evaluation, the end. One
 * training at a time.
 */
final class LogListener implements TrainingListener {

    private static final Logger LOG = LoggerFactory.getLogger("dev.cloze.training");
    private static final long HALF_A_MINUTE = 30_000_000_000L;

    private int steps;
    private long lastLine;

    @Override
    public void onStart(TrainingStarted started) {
        steps = started.steps();
        lastLine = System.nanoTime();
        LOG.info(
                "Training {} parameters: {} examples ({} cut), steps {} to {}, batches of {}, learning rate {}.",
                String.format(Locale.ROOT, "%,d", started.trainedParameters()),
                started.examples(),
                percent(started.cutShare()),
                started.step() + 1,
                steps,
                started.options().batchSize(),
                started.options().learningRate());
    }

    @Override
    public void onStep(StepEnded step) {
        boolean isTenth = step.step() % Math.max(1, steps / 10) == 0;
        if (isTenth || System.nanoTime() - lastLine > HALF_A_MINUTE) {
            lastLine = System.nanoTime();
            LOG.info(
                    "Step {} of {}: loss {}, gradient norm {}, {} examples/s.",
                    step.step(),
                    steps,
                    decimals(step.loss(), 4),
                    decimals(step.gradientNorm(), 3),
                    decimals(step.examplesPerSecond(), 1));
        }
    }

    @Override
    public void onEvaluation(EvaluationEnded evaluation) {
        LOG.info(
                "Step {}: score {}{}.",
                evaluation.step(),
                decimals(evaluation.score(), 4),
                evaluation.best() ? ", the best so far" : "");
    }

    @Override
    public void onEnd(TrainingEnded ended) {
        String best = ended.best()
                .map(it -> "; best score " + decimals(it.score(), 4) + " at step " + it.step())
                .orElse("");
        String reason = ended.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        LOG.info("Training {} after {} steps{}.", reason, ended.steps(), best);
    }

    private static String percent(double share) {
        return decimals(100 * share, 1) + "%";
    }

    private static String decimals(double value, int count) {
        return String.format(Locale.ROOT, "%." + count + "f", value);
    }
}
