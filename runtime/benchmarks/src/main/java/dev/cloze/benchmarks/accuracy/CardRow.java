package dev.cloze.benchmarks.accuracy;

/**
 * What the model card says of one data set; accuracies are shares, 0 to 1.
 *
 * @param zeroShot without any example
 * @param contextual the same with contextual calibration
 * @param pmi the same with pointwise mutual information
 * @param tuned after sixteen examples a label, over the seeds
 */
record CardRow(AccuracyTask task, double zeroShot, double contextual, double pmi, Spread tuned) {

    static final String HEADING = """
            | data set | labels | test texts | commonest label | zero-shot | with contextual calibration | with PMI | tuned on 16 a label |
            |---|---:|---:|---:|---:|---:|---:|---:|""";

    /** A row of the table under {@link #HEADING}. */
    String markdown() {
        return "| "
                + String.join(
                        " | ",
                        task.name(),
                        Integer.toString(task.words().size()),
                        String.format(java.util.Locale.ROOT, "%,d", task.test().size()),
                        Spread.percent(task.majority()),
                        Spread.percent(zeroShot),
                        Spread.percent(contextual),
                        Spread.percent(pmi),
                        tuned.percent())
                + " |";
    }
}
