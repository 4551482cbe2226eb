package dev.cloze.runtime.tuning.patterns;

import dev.cloze.annotations.TuningMethod;
import dev.cloze.annotations.option.PetOptions;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;

/**
 * What a caller is told who gave no texts without a label where some are needed.
 *
 * @param method the task's
 * @param ensemble whether {@code fitEnsemble} was called rather than {@code fit}
 * @param auxiliary what the masked-LM loss weighs
 */
record MissingTexts(TuningMethod method, boolean ensemble, double auxiliary) {

    /**
     * The refusal.
     *
     * @param labeled how many were left out, as they are labelled examples
     * @param anyway whether the method needs some even without the masked-LM loss
     */
    ClozeException problem(int labeled, boolean anyway) {
        String why =
                labeled == 0 ? "there are none" : "all " + labeled + " that were given are labelled examples as well";
        String who = anyway
                ? method + " learns from texts without a label"
                : PetOptions.AUXILIARY_WEIGHT + " = " + auxiliary + " has tokens guessed in texts without a label";
        return new ClozeException(
                Problem.TRAINING_UNLABELED_MISSING,
                who + ", and " + why + ".\n  Give them as the third argument: trainer()."
                        + (ensemble ? "fitEnsemble" : "fit")
                        + "(train, dev, unlabeled); thousands of them are usual.\n  "
                        + (anyway ? otherwise() : without()));
    }

    private static String without() {
        return "Or leave " + PetOptions.AUXILIARY_WEIGHT + " out.";
    }

    private String otherwise() {
        return "Without any, " + (auxiliary > 0 ? "and without " + PetOptions.AUXILIARY_WEIGHT + ", " : "")
                + "trainer()."
                + (method == TuningMethod.PET ? "" : "method(TuningMethod.PET).")
                + "fitEnsemble(train, dev) has PET's models answer together, and"
                + " trainer().method(TuningMethod.PROMPT_FINE_TUNING).template(0) tunes one template.";
    }
}
