package dev.cloze.runtime;

import java.util.Optional;

/**
 * Hears how a training goes; every method is optional.
 *
 * <p>The methods are called on the training thread, so a slow one slows the training. One that throws loses nothing:
 * the failure is logged (the first with its stack, the others counted) and the training goes on, with the listener
 * still called. To stop a training from here, interrupt its thread: {@code Thread.currentThread().interrupt()}.
 */
public interface TrainingListener {

    /** The training begins, or goes on from a checkpoint. */
    default void onStart(TrainingStarted started) {}

    /** The weights have been updated. */
    default void onStep(StepEnded step) {}

    /** The weights have been measured on the development set. */
    default void onEvaluation(EvaluationEnded evaluation) {}

    /** The training is over, for whatever reason; always called once after {@link #onStart}. */
    default void onEnd(TrainingEnded ended) {}

    /**
     * What lies ahead.
     *
     * @param step the step of the checkpoint that the training goes on from, or 0
     * @param steps the step it ends at, unless something ends it before
     * @param examples examples of the training set
     * @param cutShare the share of them that is too long and was cut, 0 to 1
     * @param trainedParameters how many numbers are trained; frozen ones don't count, those of a network that is dropped
     *     when training ends do
     * @param options the options in force
     */
    record TrainingStarted(
            int step, int steps, int examples, double cutShare, long trainedParameters, TrainingOptions options) {}

    /**
     * One update of the weights.
     *
     * @param step its number, from 1
     * @param loss the mean loss of the step's examples, before the update
     * @param learningRate the learning rate of this update
     * @param gradientNorm the L2 norm of all gradients, before clipping
     * @param examplesPerSecond examples of the step by its duration
     */
    record StepEnded(int step, double loss, double learningRate, double gradientNorm, double examplesPerSecond) {}

    /**
     * One measurement on the development set.
     *
     * @param step the step after which it was made
     * @param score the score, higher is better
     * @param best whether it is strictly greater than all before
     */
    record EvaluationEnded(int step, double score, boolean best) {}

    /**
     * How the training ended.
     *
     * @param reason why
     * @param steps updates made, those before a checkpoint included
     * @param best the evaluation whose weights the model now has; empty if none was made
     */
    record TrainingEnded(StopReason reason, int steps, Optional<EvaluationEnded> best) {}

    /** Why a training ended. */
    enum StopReason {
        /** All steps are done. */
        COMPLETED,
        /** The score did not grow for {@code patience} evaluations. */
        EARLY_STOPPED,
        /** The thread was interrupted, or the JVM was asked to end. */
        INTERRUPTED,
        /** The loss or a gradient became infinite or not a number; an exception follows. */
        DIVERGED,
        /** Something else failed; an exception follows. */
        FAILED
    }
}
