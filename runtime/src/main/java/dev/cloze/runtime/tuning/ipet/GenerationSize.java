package dev.cloze.runtime.tuning.ipet;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many examples without a right label the models of a generation learn from (Schick and Schütze 2021, arXiv 2001.07676,
 * section 3.4; rounding as in their code).
 */
final class GenerationSize {

    /** What a training set without labelled examples is taken to grow from, times the growth: section 3.4, zero-shot. */
    private static final int ZERO_SHOT = 10;

    private GenerationSize() {}

    /**
     * N = int(|T| d^g - |T|): the training set is d times as large as that of the generation before.
     *
     * @param labeled |T|, at least 1
     * @param growth d
     * @param generation g, from 1, as the first learns from T alone
     */
    static int of(int labeled, double growth, int generation) {
        return (int) (labeled * Math.pow(growth, generation) - labeled);
    }

    /**
     * N = int(10 d^g) where there are no labelled examples.
     *
     * @param generation g, from 0, as the first learns from what the untrained model says
     */
    static int zeroShot(double growth, int generation) {
        return (int) (ZERO_SHOT * Math.pow(growth, generation));
    }

    /**
     * The quota of each label: int(count N / |T|), so that labels are distributed as in the labelled examples.
     *
     * @param counts labelled examples of each label
     */
    static int[] quotas(int[] counts, int size) {
        int total = Arrays.stream(counts).sum();
        return Arrays.stream(counts)
                .map(count -> (int) (count * (double) size / total))
                .toArray();
    }

    /** The quota of each label where there are no labelled examples: as equal as N allows, the first labels having what is left over. */
    static int[] equal(int labels, int size) {
        return IntStream.range(0, labels)
                .map(label -> size / labels + (label < size % labels ? 1 : 0))
                .toArray();
    }

    /** The same with one of each label at least: models that see none of a label unlearn it. */
    static int[] oneAtLeast(int[] quotas) {
        return Arrays.stream(quotas).map(quota -> Math.max(1, quota)).toArray();
    }

    /**
     * The share of the other models: round(lambda (J - 1)), halves to the even number as in Python.
     *
     * @param others J - 1
     */
    static int picked(double share, int others) {
        return (int) Math.rint(share * others);
    }

    /** How many of the other models label the new examples of one: {@link #picked}, but at least one. */
    static int labelers(double share, int others) {
        return Math.max(1, picked(share, others));
    }
}
