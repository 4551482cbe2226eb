package dev.cloze.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The times of two sides that took turns.
 *
 * @param ours seconds of each round
 * @param theirs likewise
 * @param processor processor time of all their rounds, in that of ours
 */
record Duel(double[] ours, double[] theirs, double processor) {

    /** Does its work once and says how many seconds that took. */
    interface Turn {
        double seconds() throws IOException;
    }

    /** Two sides that start processes, whose processor time nobody counts. */
    static Duel of(int rounds, Turn ours, Turn theirs) throws IOException {
        return of(rounds, ours, theirs, ProcessHandle.current());
    }

    /** This process against that of the other side. */
    static Duel of(int rounds, Turn ours, Turn theirs, ProcessHandle other) throws IOException {
        double[] our = new double[rounds];
        double[] their = new double[rounds];
        double ourBefore = ProcessorTime.seconds();
        double theirBefore = ProcessorTime.seconds(other);
        for (int i = 0; i < rounds; i++) {
            rest();
            their[i] = theirs.seconds();
            rest();
            our[i] = ours.seconds();
        }
        double spent = ProcessorTime.seconds() - ourBefore;
        return new Duel(our, their, (ProcessorTime.seconds(other) - theirBefore) / spent);
    }

    /** The threads of a side that has had its turn wait actively for a while (200 ms with torch's wheels), on our cores. */
    private static void rest() {
        try {
            Thread.sleep(400);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Times some work. */
    static double time(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    double our() {
        return median(ours);
    }

    double their() {
        return median(theirs);
    }

    /** How many times as fast we were: the median over the rounds, so that load in between hits both alike. */
    double ratio() {
        return median(ratios());
    }

    /** The least and the greatest of the rounds' ratios. */
    String spread() {
        double[] sorted = ratios();
        Arrays.sort(sorted);
        return "%.2f to %.2f".formatted(sorted[0], sorted[sorted.length - 1]);
    }

    private double[] ratios() {
        double[] ratios = new double[ours.length];
        Arrays.setAll(ratios, i -> theirs[i] / ours[i]);
        return ratios;
    }

    /** The value that so many of a hundred don't exceed; none where there are no values. */
    static double percentile(double[] values, int percent) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    static double median(List<Double> values) {
        return median(values.stream().mapToDouble(each -> each).toArray());
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
