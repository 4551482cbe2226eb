package dev.cloze.runtime.training;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.TrainingListener.EvaluationEnded;
import java.util.Locale;

/** A number of the training that is infinite or not a number. */
final class DivergenceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String quantity;
    private final double value;
    private final int step;
    private final double learningRate;

    DivergenceException(String quantity, double value, int step, double learningRate) {
        this.quantity = quantity;
        this.value = value;
        this.step = step;
        this.learningRate = learningRate;
    }

    /** The problem as the user sees it. */
    ClozeException asProblem(TrainingProgress progress) {
        EvaluationEnded best = progress.best();
        String weights = best == null
                ? "There was no evaluation before, so the model has the weights it started with."
                : "The model has the best weights so far, those of step " + best.step() + " (score " + best.score()
                        + ").";
        return new ClozeException(
                Problem.TRAINING_DIVERGED,
                "The training diverged at step " + step + ": " + quantity + " is " + value + ".\n"
                        + String.format(Locale.ROOT, "  The learning rate was %.3g. %s%n", learningRate, weights)
                        + "  Try a learning rate ten times smaller, a warm-up (withWarmupSteps), and gradients clipped to a"
                        + " norm of 1 (withClipNorm).",
                this);
    }
}
