package dev.cloze.benchmarks.fewshot;

import java.util.List;

/**
 * A row of the table.
 *
 * @param id by which results are kept; never changed once there are some
 * @param title as the page has it
 * @param search whose learning rate it uses
 * @param seeds the splits it is measured on
 * @param seconds what a cell takes about, until one has been measured
 * @param cell measures one cell
 */
record TableRow(String id, String title, Search search, List<Integer> seeds, int seconds, Cell cell) {

    /** Measures one cell: a data set, a seed. */
    @FunctionalInterface
    interface Cell {
        Measured measure(FewShotTask task, FewShotData data, int seed, double learningRate);
    }

    /**
     * What a cell gave.
     *
     * @param dev accuracy on the development set, 0 to 1
     * @param test accuracy on the test set
     */
    record Measured(double dev, double test) {}
}
