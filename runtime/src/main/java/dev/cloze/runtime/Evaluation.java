package dev.cloze.runtime;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.metric.CalibrationError;
import dev.cloze.runtime.metric.ConfusionMatrix;
import dev.cloze.runtime.metric.Predicted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How well a pipeline predicts; {@link #toString} is a table to be read.
 *
 * @param confusion how often each label was predicted for each right label
 * @param accuracy the share of right predictions, 0 to 1
 * @param macroF1 the mean F1 of the labels that are given or predicted at least once, 0 to 1
 * @param matthews Matthews' correlation for any number of labels, -1 to 1; 0 where one label alone is given or predicted
 * @param calibrationError the expected calibration error of 15 bins, 0 to 1
 * @param cutShare the share of inputs that were too long and lost a part, 0 to 1
 */
public record Evaluation<L>(
        ConfusionMatrix<L> confusion,
        double accuracy,
        double macroF1,
        double matthews,
        double calibrationError,
        double cutShare) {

    /**
     * Evaluates predictions.
     *
     * @param labels the labels, in the order of the predictions' probabilities
     * @throws ClozeException {@code EVALUATION_NO_EXAMPLES} when there are none, {@code VERBALIZER_UNKNOWN_LABEL} when a
     *     right label is not one of the labels
     */
    public static <L> Evaluation<L> of(List<L> labels, List<Predicted<L>> predictions) {
        if (predictions.isEmpty()) {
            throw new ClozeException(
                    Problem.EVALUATION_NO_EXAMPLES,
                    "There are no examples to evaluate on.\n  Give at least one labelled example.");
        }
        ConfusionMatrix<L> confusion = confusion(labels, predictions);
        long cut = predictions.stream().filter(Predicted::cut).count();
        return new Evaluation<>(
                confusion,
                confusion.accuracy(),
                confusion.macroF1(),
                confusion.matthews(),
                CalibrationError.of(labels, predictions),
                (double) cut / predictions.size());
    }

    /**
     * Evaluates what a pipeline said of examples, in their order; as above.
     *
     * @param labels of the pipeline
     */
    public static <I, L> Evaluation<L> of(
            List<L> labels, List<Labeled<I, L>> examples, List<Prediction<L>> predictions) {
        List<Predicted<L>> predicted = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            predicted.add(predicted(examples.get(i).label(), predictions.get(i)));
        }
        return of(labels, predicted);
    }

    private static <L> Predicted<L> predicted(L gold, Prediction<L> prediction) {
        float[] probabilities = new float[prediction.probabilities().size()];
        int i = 0;
        for (double probability : prediction.probabilities().values()) {
            probabilities[i++] = (float) probability;
        }
        return new Predicted<>(gold, probabilities, prediction.cut());
    }

    private static <L> ConfusionMatrix<L> confusion(List<L> labels, List<Predicted<L>> predictions) {
        int[][] counts = new int[labels.size()][labels.size()];
        for (Predicted<L> prediction : predictions) {
            int gold = labels.indexOf(prediction.gold());
            if (gold < 0) {
                throw new ClozeException(
                        Problem.VERBALIZER_UNKNOWN_LABEL,
                        "The example's label " + prediction.gold() + " is not one of the task's labels.\n  They are: "
                                + labels);
            }
            counts[gold][prediction.top()]++;
        }
        return ConfusionMatrix.of(labels, counts);
    }

    /** How many examples were evaluated. */
    public int n() {
        return confusion.total();
    }

    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "accuracy %.4f, macro-F1 %.4f, Matthews %.4f, calibration error %.4f, cut inputs %.1f%%, n %d%n",
                        accuracy,
                        macroF1,
                        matthews,
                        calibrationError,
                        100 * cutShare,
                        n())
                + confusion;
    }
}
