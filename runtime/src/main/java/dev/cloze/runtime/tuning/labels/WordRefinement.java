package dev.cloze.runtime.tuning.labels;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Leaves words out that the model hardly expects, or that say no more of their own label than of others, by what it says to some
 * texts without being told their labels (Hu et al. 2022, KPT, arXiv 2108.02035, section 3.3).
 *
 * @param labels the label of each word; words of a label stand together, the first of them its name
 * @param prior for each word how much it is expected whatever the text is: the least of its tokens'
 * @param said for each word what it scores in each text
 */
public record WordRefinement(int[] labels, double[] prior, double[][] said) {

    private static final double UNLIKE = -100;

    /** The words that are expected at least so much; of a label with none, the one that is expected most. */
    public boolean[] frequent(double least) {
        boolean[] kept = new boolean[labels.length];
        for (int w = 0; w < kept.length; w++) {
            kept[w] = prior[w] >= least;
        }
        for (int label = 0; label < count(); label++) {
            List<Integer> words = of(label);
            if (words.stream().noneMatch(w -> kept[w])) {
                kept[
                        words.stream()
                                .max(Comparator.comparingDouble(w -> prior[w]))
                                .orElseThrow()] = true;
            }
        }
        return kept;
    }

    /**
     * The paper's relevance, R(v) = r(v, f(v)) (|Y| - 1) / sum over other labels y of r(v, y), where r(v, y) is the cosine of what v
     * and the name of y score in each text, and f(v) is the label of v: words below 1 are left out. A name is never.
     *
     * @param kept what is left of the words, which this changes
     */
    public void relevant(boolean[] kept) {
        int[] names = IntStream.range(0, count()).map(label -> of(label).get(0)).toArray();
        for (int w = 0; w < kept.length; w++) {
            double others = 0;
            for (int label = 0; label < names.length; label++) {
                others += label == labels[w] ? 0 : cosine(said[w], said[names[label]]);
            }
            double own = cosine(said[w], said[names[labels[w]]]);
            kept[w] &= own * (names.length - 1) >= others;
        }
        keepOne(kept, names);
    }

    /** A label whose words are all left out has its name. */
    private void keepOne(boolean[] kept, int[] names) {
        for (int label = 0; label < names.length; label++) {
            kept[names[label]] |= of(label).stream().noneMatch(w -> kept[w]);
        }
    }

    /**
     * The same as the authors' code has it: what is scored is centred over the texts, the names are the first words that are left,
     * the others' cosines are joined by a power mean of 10 / (|Y| - 1.99) + 1, and of each label the best share of words is kept, the
     * same of all, at which the relevance of the words at the cut is nearest to 1.
     *
     * @param kept what is left of the words, which this changes
     */
    public void relevantAsInCode(boolean[] kept) {
        List<List<Integer>> ranked = new ArrayList<>();
        double[] relevance = relevanceInCode(kept);
        int longest = 0;
        for (int label = 0; label < count(); label++) {
            List<Integer> words = left(label, kept);
            words.sort(Comparator.comparingDouble((Integer w) -> -relevance[w]));
            ranked.add(words);
            longest = Math.max(longest, words.size());
        }
        double share = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int cut = 0; cut < longest; cut++) {
            double rate = cut / (double) longest;
            double off = 0;
            for (List<Integer> words : ranked) {
                int at = Math.min((int) (rate * words.size()), words.size() - 1);
                off += Math.pow(relevance[words.get(at)] - 1, 2);
            }
            if (off < least) {
                least = off;
                share = rate;
            }
        }
        for (List<Integer> words : ranked) {
            int cut = Math.max(1, (int) (words.size() * share));
            words.subList(cut, words.size()).forEach(w -> kept[w] = false);
        }
    }

    private double[] relevanceInCode(boolean[] kept) {
        double power = 10 / (count() - 2 + 1e-2) + 1;
        double[][] centred = new double[labels.length][];
        for (int w = 0; w < labels.length; w++) {
            double mean = java.util.Arrays.stream(said[w]).average().orElseThrow();
            centred[w] =
                    java.util.Arrays.stream(said[w]).map(score -> score - mean).toArray();
        }
        double[] relevance = new double[labels.length];
        for (int w = 0; w < labels.length; w++) {
            double own = 0;
            List<Double> others = new ArrayList<>();
            for (int label = 0; label < count(); label++) {
                double cosine = cosine(centred[w], centred[left(label, kept).get(0)]);
                if (label == labels[w]) {
                    own = cosine;
                } else {
                    others.add(Math.abs(cosine));
                }
            }
            relevance[w] = own < 0 ? UNLIKE : own / powerMean(others, power);
        }
        return relevance;
    }

    /** Of numbers from 0; the largest is taken out, so that high powers are no zeros. */
    private static double powerMean(List<Double> numbers, double power) {
        double largest = numbers.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        if (largest == 0) {
            return 0;
        }
        double sum = numbers.stream()
                .mapToDouble(number -> Math.pow(number / largest, power))
                .sum();
        return largest * Math.pow(sum / numbers.size(), 1 / power);
    }

    private int count() {
        return labels[labels.length - 1] + 1;
    }

    private List<Integer> of(int label) {
        return IntStream.range(0, labels.length)
                .filter(w -> labels[w] == label)
                .boxed()
                .toList();
    }

    private List<Integer> left(int label, boolean[] kept) {
        return new ArrayList<>(of(label).stream().filter(w -> kept[w]).toList());
    }

    private static double cosine(double[] one, double[] other) {
        double product = 0;
        double ones = 0;
        double others = 0;
        for (int i = 0; i < one.length; i++) {
            product += one[i] * other[i];
            ones += one[i] * one[i];
            others += other[i] * other[i];
        }
        return ones == 0 || others == 0 ? 0 : product / Math.sqrt(ones * others);
    }
}
