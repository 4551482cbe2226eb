package dev.cloze.runtime.verbalizer;

import dev.cloze.annotations.Compat;
import java.util.Arrays;
import java.util.List;

/** A step between the scores of label words and those of labels that takes away what the model says to no input. */
@FunctionalInterface
public interface WordCalibration {

    /** The inputs without content of Zhao et al. (section 5); each stands for every placeholder in turn. */
    List<String> CONTENT_FREE = List.of("N/A", "[MASK]", "");

    /** Keeps quotients finite, as OpenPrompt does. */
    double LEAST_PROBABILITY = 1e-15;

    /** The calibrated scores of one input's label words. */
    float[] apply(float[] wordScores);

    /** Leaves the scores as they are. */
    static WordCalibration none() {
        return scores -> scores;
    }

    /**
     * Contextual calibration (Zhao et al. 2021, arXiv 2102.09690, equation 1), b = 0 and W = diag(p_cf)^-1.
     *
     * <p>p are the probabilities of the label words, normalised over all words of all labels; p_cf is the mean of p over
     * the inputs without content, at least {@link #LEAST_PROBABILITY}. {@link Compat#PAPER} gives the words the scores W p, so that the
     * labels' probabilities are the paper's softmax(W p). {@link Compat#REFERENCE} gives them log(W p / sum(W p)), so
     * that the probabilities are W p renormalised: what the authors' code ranks and what OpenPrompt computes. With one
     * word a label both rank alike.
     *
     * @param contentFree word scores of each input without content, at least one
     */
    static WordCalibration contextual(List<float[]> contentFree, Compat compat) {
        double[] context = meanProbabilities(contentFree);
        return compat == Compat.PAPER
                ? scores -> ratios(Logits.softmax(scores), context)
                : scores -> Logits.logSoftmax(logRatios(Logits.logSoftmax(scores), context));
    }

    /**
     * Domain-conditional pointwise mutual information (Holtzman et al. 2021, arXiv 2104.08315): log p(word | input) -
     * log p(word | the template with empty placeholders); raw logits will do, as what they lack is the same for all words.
     *
     * @param domain word scores of the template with empty placeholders
     */
    static WordCalibration pmi(float[] domain) {
        float[] own = domain.clone();
        return scores -> {
            float[] result = scores.clone();
            for (int i = 0; i < result.length; i++) {
                result[i] -= own[i];
            }
            return result;
        };
    }

    private static double[] meanProbabilities(List<float[]> inputs) {
        double[] mean = new double[inputs.get(0).length];
        for (float[] scores : inputs) {
            float[] probabilities = Logits.softmax(scores);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += probabilities[i] / inputs.size();
            }
        }
        return Arrays.stream(mean).map(p -> Math.max(p, LEAST_PROBABILITY)).toArray();
    }

    private static float[] ratios(float[] probabilities, double[] context) {
        float[] result = new float[probabilities.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (probabilities[i] / context[i]);
        }
        return result;
    }

    private static float[] logRatios(float[] logProbabilities, double[] context) {
        float[] result = new float[logProbabilities.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = (float) (logProbabilities[i] - Math.log(context[i]));
        }
        return result;
    }
}
