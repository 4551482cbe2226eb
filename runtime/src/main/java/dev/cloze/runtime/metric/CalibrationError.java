package dev.cloze.runtime.metric;

import java.util.List;

/**
 * How far confidence is from accuracy: the expected calibration error of Guo et al. 2017 (arXiv 1706.04599, equation 3).
 *
 * <p>Predictions are put into bins of equal width by the probability of the predicted label, a bin's upper border
 * belonging to it; the error is the mean over all predictions of their bin's |accuracy - mean confidence|.
 */
public final class CalibrationError {

    /** How many bins the paper uses. */
    public static final int BINS = 15;

    private CalibrationError() {}

    /** The error, 0 to 1, of at least one prediction; labels as in the predictions' probabilities. */
    public static <L> double of(List<L> labels, List<Predicted<L>> predictions) {
        double[] confidence = new double[BINS];
        double[] right = new double[BINS];
        for (Predicted<L> prediction : predictions) {
            int top = prediction.top();
            double sure = prediction.probabilities()[top];
            int bin = bin(sure);
            confidence[bin] += sure;
            right[bin] += labels.get(top).equals(prediction.gold()) ? 1 : 0;
        }
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            error += Math.abs(right[bin] - confidence[bin]);
        }
        return error / predictions.size();
    }

    private static int bin(double confidence) {
        int bin = (int) Math.ceil(confidence * BINS) - 1;
        return Math.max(0, Math.min(BINS - 1, bin));
    }
}
