package dev.cloze.benchmarks.accuracy;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the model card says of one data set; accuracies are shares, 0 to 1.
 *
 * @param zeroShot without any example
 * @param contextual the same with contextual calibration
 * @param pmi the same with pointwise mutual information
 * @param tuned after sixteen examples a label, over the seeds; nothing where no seed was asked for
 */
record CardRow(AccuracyTask task, double zeroShot, double contextual, double pmi, Optional<Spread> tuned) {

    private static final List<String> COLUMNS =
            List.of("labels", "test texts", "commonest label", "zero-shot", "with contextual calibration", "with PMI");

    /** The table's first two lines. */
    static String heading(boolean tuned) {
        List<String> names = new java.util.ArrayList<>(COLUMNS);
        if (tuned) {
            names.add("tuned on 16 a label");
        }
        return "| data set | " + String.join(" | ", names) + " |\n|---|" + "---:|".repeat(names.size());
    }

    /** A row of the table under the heading. */
    String markdown() {
        return "| "
                + String.join(
                        " | ",
                        task.name(),
                        Integer.toString(task.words().size()),
                        String.format(Locale.ROOT, "%,d", task.test().size()),
                        Spread.percent(task.majority()),
                        Spread.percent(zeroShot),
                        Spread.percent(contextual),
                        Spread.percent(pmi))
                + tuned.map(spread -> " | " + spread.percent()).orElse("")
                + " |";
    }
}
