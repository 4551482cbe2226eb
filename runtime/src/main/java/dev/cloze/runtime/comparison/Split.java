package dev.cloze.runtime.comparison;

import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.data.FewShotSampler;
import dev.cloze.runtime.data.FewShotSplit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/** What all contenders get of one seed: examples to learn from, to choose by, and to measure on. */
record Split<I, L>(long seed, List<Labeled<I, L>> train, List<Labeled<I, L>> dev, List<Labeled<I, L>> test) {

    static <I, L> Split<I, L> draw(List<Labeled<I, L>> labeled, int k, long seed, int most) {
        List<Integer> numbers = IntStream.range(0, labeled.size()).boxed().toList();
        FewShotSplit<Integer> drawn =
                FewShotSampler.split(numbers, i -> labeled.get(i).label(), k, seed);
        Set<Integer> used = new HashSet<>(drawn.train());
        used.addAll(drawn.dev());
        List<Integer> rest = new ArrayList<>(numbers);
        rest.removeAll(used);
        if (rest.isEmpty()) {
            throw Comparison.wrong(
                    "All " + labeled.size()
                            + " examples are drawn to learn from and to choose by, so that there is none"
                            + " to measure on.",
                    "Give more examples, or draw fewer a label: examples(" + Math.max(1, k / 2) + ").");
        }
        if (rest.size() > most) {
            Collections.shuffle(rest, new Random(seed));
            rest = rest.subList(0, most).stream().sorted().toList();
        }
        return new Split<>(seed, chosen(labeled, drawn.train()), chosen(labeled, drawn.dev()), chosen(labeled, rest));
    }

    private static <E> List<E> chosen(List<E> all, List<Integer> numbers) {
        return numbers.stream().map(all::get).toList();
    }
}
