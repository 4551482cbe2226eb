package dev.cloze.runtime.training;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener.EvaluationEnded;
import dev.cloze.runtime.TrainingListener.StepEnded;
import dev.cloze.runtime.TrainingListener.StopReason;
import dev.cloze.runtime.TrainingListener.TrainingEnded;
import dev.cloze.runtime.TrainingListener.TrainingStarted;
import dev.cloze.runtime.TrainingOptions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run of a {@link TrainingLoop}, step by step. */
final class TrainingRun {

    /** Keeps the gradient factor finite, as in torch's {@code clip_grad_norm_}. */
    private static final double CLIP_EPSILON = 1e-6;

    private final TrainingLoop loop;
    private final TrainingOptions options;
    private final TrainableModel model;
    private final @Nullable CheckpointFolder checkpoints;
    private final @Nullable ShutdownSignal shutdown;
    private final ListenerGroup listeners;
    private final BatchOrder order;
    private final LearningRateSchedule schedule;

    private TrainingProgress progress = TrainingProgress.START;
    private int checkpointed;

    TrainingRun(
            TrainingLoop loop,
            TrainableModel model,
            @Nullable CheckpointFolder checkpoints,
            @Nullable ShutdownSignal shutdown) {
        this.loop = loop;
        this.options = loop.options();
        this.model = model;
        this.checkpoints = checkpoints;
        this.shutdown = shutdown;
        this.listeners = new ListenerGroup(loop.listeners());
        this.order = new BatchOrder(loop.task().examples(), options.batchSize(), options.seed());
        this.schedule = LearningRateSchedule.of(options);
    }

    TrainingEnded toEnd() {
        begin();
        try {
            StopReason reason = train();
            if (progress.best() != null) {
                model.restoreBest();
            }
            return end(reason);
        } catch (DivergenceException e) {
            restoreAfter(e);
            end(StopReason.DIVERGED);
            throw e.asProblem(progress);
        } catch (RuntimeException | Error e) {
            restoreAfter(e);
            end(StopReason.FAILED);
            throw e;
        }
    }

    private void begin() {
        TrainingProgress resumed = checkpoints == null ? null : checkpoints.resume(model);
        if (resumed == null) {
            model.keepBest();
        } else {
            progress = resumed;
            checkpointed = resumed.step();
        }
        listeners.onStart(new TrainingStarted(
                progress.step(),
                loop.lastStep(),
                loop.task().examples(),
                loop.task().cutShare(),
                model.trainedParameters(),
                options));
    }

    private StopReason train() {
        while (progress.step() < loop.lastStep()) {
            if (isStopRequested()) {
                checkpoint();
                return StopReason.INTERRUPTED;
            }
            step();
            if (isEvaluationDue()) {
                evaluate();
            }
            if (isOutOfPatience() && progress.step() < loop.lastStep()) {
                return StopReason.EARLY_STOPPED;
            }
            if (isDue(options.checkpointEvery())) {
                checkpoint();
            }
        }
        return StopReason.COMPLETED;
    }

    private void step() {
        int step = progress.step() + 1;
        double learningRate = schedule.at(step);
        long start = System.nanoTime();
        int[] batch = order.batch(step);
        double loss = 0;
        model.beginStep(batch, RandomStream.DROPOUT.seed(options.seed(), step - 1L));
        int[][] parts = BatchOrder.split(batch, options.accumulation());
        for (int i = 0; i < parts.length; i++) {
            double scale = model.weight(parts[i]) / model.weight(batch);
            long part = (step - 1L) * options.accumulation() + i;
            model.begin(part);
            loss += scale * model.accumulate(parts[i], scale, RandomStream.DROPOUT.seed(options.seed(), part));
        }
        if (!Double.isFinite(loss)) {
            throw new DivergenceException("the loss", loss, step, learningRate);
        }
        double norm = model.gradientNorm();
        if (!Double.isFinite(norm)) {
            throw new DivergenceException("the norm of the gradients", norm, step, learningRate);
        }
        model.update(learningRate, gradientFactor(norm));
        progress = progress.afterStep();
        double seconds = Math.max(1, System.nanoTime() - start) / 1e9;
        listeners.onStep(new StepEnded(step, loss, learningRate, norm, batch.length / seconds));
    }

    private double gradientFactor(double norm) {
        return options.clipNorm() == 0 ? 1 : Math.min(1, options.clipNorm() / (norm + CLIP_EPSILON));
    }

    private void evaluate() {
        double score = devScore();
        EvaluationEnded evaluation = new EvaluationEnded(progress.step(), score, progress.isBest(score));
        if (evaluation.best()) {
            model.keepBest();
        }
        progress = progress.afterEvaluation(evaluation);
        listeners.onEvaluation(evaluation);
    }

    /** A model whose scores are no numbers has diverged, and one that says so by its score as well. */
    private double devScore() {
        try {
            double score = model.devScore();
            if (!Double.isFinite(score)) {
                throw divergedOnDevelopmentSet(score);
            }
            return score;
        } catch (ClozeException e) {
            if (e.problem() != Problem.MODEL_NOT_FINITE) {
                throw e;
            }
            DivergenceException diverged = divergedOnDevelopmentSet(Double.NaN);
            diverged.initCause(e);
            throw diverged;
        }
    }

    private DivergenceException divergedOnDevelopmentSet(double score) {
        return new DivergenceException(
                "the score on the development set", score, progress.step(), schedule.at(progress.step()));
    }

    private void checkpoint() {
        if (checkpoints != null && checkpointed < progress.step()) {
            checkpoints.write(progress, model);
            checkpointed = progress.step();
        }
    }

    /** A model that failed once may fail again; what is told is the first failure. */
    private void restoreAfter(Throwable failure) {
        try {
            model.restoreBest();
        } catch (RuntimeException | Error second) {
            failure.addSuppressed(second);
        }
    }

    private TrainingEnded end(StopReason reason) {
        TrainingEnded ended = new TrainingEnded(reason, progress.step(), Optional.ofNullable(progress.best()));
        listeners.onEnd(ended);
        return ended;
    }

    private boolean isEvaluationDue() {
        boolean isLast = progress.step() == loop.lastStep();
        return isDue(options.evaluateEvery()) || (isLast && options.evaluateEvery() > 0);
    }

    private boolean isDue(int every) {
        return every > 0 && progress.step() % every == 0;
    }

    private boolean isOutOfPatience() {
        return options.patience() > 0 && progress.evaluationsWithoutGain() >= options.patience();
    }

    private boolean isStopRequested() {
        return Thread.currentThread().isInterrupted() || (shutdown != null && shutdown.requested());
    }
}
