package dev.cloze.benchmarks.fewshot;

import dev.cloze.runtime.Labeled;
import dev.cloze.testkit.data.TextExample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What one cell of the table is measured with.
 *
 * @param train sixteen examples a label
 * @param dev sixteen others
 * @param test what is measured on, the same for all seeds
 * @param unlabeled texts that are in none of these, whose labels nobody looks at; empty for seeds that have none
 */
record FewShotData(
        List<TextExample> train, List<TextExample> dev, List<TextExample> test, List<TextExample> unlabeled) {

    /** So many of these, drawn once: files of examples are often sorted by label. */
    static List<TextExample> sample(List<TextExample> examples, int count) {
        List<TextExample> shuffled = new ArrayList<>(examples);
        Collections.shuffle(shuffled, new Random(0));
        return List.copyOf(shuffled.subList(0, Math.min(count, shuffled.size())));
    }

    static List<Labeled<TextExample, String>> labeled(List<TextExample> examples) {
        return examples.stream()
                .map(example -> new Labeled<>(example, example.label()))
                .toList();
    }
}
