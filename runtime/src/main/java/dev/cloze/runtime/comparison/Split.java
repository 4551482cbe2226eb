package dev.cloze.runtime.comparison;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all contenders get of one seed: examples to learn from, to choose by, and to measure on.
 *
 * @param places of what is measured on among all examples, from 0
 * @param unlabeled what is learnt from without a label: none has the texts of one that is measured on
 */
record Split<I, L>(
        long seed,
        List<Labeled<I, L>> train,
        List<Labeled<I, L>> dev,
        List<Labeled<I, L>> test,
        List<Integer> places,
        List<I> unlabeled) {

    private static final Logger LOG = LoggerFactory.getLogger(Split.class);

    /**
     * Draws one.
     *
     * @param unlabeled inputs without a label
     * @param texts what a method reads of an input
     * @param most how many are measured on at most
     */
    static <I, L> Split<I, L> draw(
            List<Labeled<I, L>> labeled,
            List<I> unlabeled,
            Function<? super I, Map<String, String>> texts,
            int k,
            long seed,
            int most) {
        requireSomeLeft(labeled, k);
        List<Integer> numbers = IntStream.range(0, labeled.size()).boxed().toList();
        FewShotSplit<Integer> drawn =
                FewShotSampler.split(numbers, i -> labeled.get(i).label(), k, seed);
        Set<Integer> used = new HashSet<>(drawn.train());
        used.addAll(drawn.dev());
        List<Map<String, String>> read =
                labeled.stream().map(example -> texts.apply(example.input())).toList();
        List<Integer> rest = unseen(read, used, seed);
        if (rest.size() > most) {
            Collections.shuffle(rest, new Random(seed));
            rest = rest.subList(0, most).stream().sorted().toList();
        }
        Set<Map<String, String>> tested = rest.stream().map(read::get).collect(Collectors.toSet());
        return new Split<>(
                seed,
                chosen(labeled, drawn.train()),
                chosen(labeled, drawn.dev()),
                chosen(labeled, rest),
                rest,
                unlabeled.stream()
                        .filter(input -> !tested.contains(texts.apply(input)))
                        .toList());
    }

    /** The numbers of those whose texts are none of those drawn: what has been learnt by heart is no test. */
    private static List<Integer> unseen(List<Map<String, String>> texts, Set<Integer> drawn, long seed) {
        Set<Map<String, String>> seen = drawn.stream().map(texts::get).collect(Collectors.toSet());
        List<Integer> unseen = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!seen.contains(texts.get(i))) {
                unseen.add(i);
            }
        }
        int rest = texts.size() - drawn.size();
        if (unseen.isEmpty()) {
            throw Comparison.wrong(
                    "Of the " + rest + " examples that are left to measure on with seed " + seed
                            + " each has the texts of one that was drawn.",
                    "Give examples that are not the same.");
        }
        if (unseen.size() < rest) {
            LOG.warn(
                    "Seed {}: {} of the {} other examples are not measured on, as they have the texts of those drawn.",
                    seed,
                    rest - unseen.size(),
                    rest);
        }
        return unseen;
    }

    /** Where a label is not measured on, who never says it is best. A third of the rarest one's examples leaves as many to measure on. */
    private static <I, L> void requireSomeLeft(List<Labeled<I, L>> labeled, int k) {
        Map<L, Integer> counts = counts(labeled);
        if (counts.isEmpty()) {
            throw Comparison.wrong("There are no examples.", "Give some of each label.");
        }
        Map.Entry<L, Integer> rarest = Collections.min(counts.entrySet(), Map.Entry.comparingByValue());
        int number = rarest.getValue();
        if (number <= 2L * k) {
            throw Comparison.wrong(
                    "The label " + rarest.getKey() + " has " + number + (number == 1 ? " example" : " examples")
                            + ", too few to learn from " + k + ", to choose by " + k
                            + " others and to measure on what is left.",
                    number < 3
                            ? "Give at least 3 of each label."
                            : "Give more examples, or draw fewer a label: examples(" + number / 3 + ").");
        }
    }

    /** What always saying the commonest label of what is measured on comes to. */
    Cell commonest() {
        Map.Entry<L, Integer> most = Collections.max(counts(test).entrySet(), Map.Entry.comparingByValue());
        double accuracy = (double) most.getValue() / test.size();
        double f1 = 2 * accuracy / (1 + accuracy); // its recall is 1, and that of all others 0
        double onDev = (double) counts(dev).getOrDefault(most.getKey(), 0) / dev.size();
        return new Cell(onDev, accuracy, f1 / counts(test).size(), 0);
    }

    private static <I, L> Map<L, Integer> counts(List<Labeled<I, L>> examples) {
        Map<L, Integer> counts = new LinkedHashMap<>();
        examples.forEach(example -> counts.merge(example.label(), 1, Integer::sum));
        return counts;
    }

    private static <E> List<E> chosen(List<E> all, List<Integer> numbers) {
        return numbers.stream().map(all::get).toList();
    }
}
