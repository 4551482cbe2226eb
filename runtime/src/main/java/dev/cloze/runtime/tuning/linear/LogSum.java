package dev.cloze.runtime.tuning.linear;

import java.util.Arrays;

/** The logarithm of a sum of exponentials. */
final class LogSum {

    private LogSum() {}

    static double of(double[] scores) {
        double greatest = Arrays.stream(scores).max().orElseThrow();
        double sum = 0;
        for (double score : scores) {
            sum += Math.exp(score - greatest);
        }
        return greatest + Math.log(sum);
    }
}
