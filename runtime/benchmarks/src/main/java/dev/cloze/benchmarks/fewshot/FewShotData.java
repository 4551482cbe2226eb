package dev.cloze.benchmarks.fewshot;

import dev.cloze.runtime.Labeled;
import dev.cloze.testkit.data.TextExample;
import java.util.List;

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

    static List<Labeled<TextExample, String>> labeled(List<TextExample> examples) {
        return examples.stream()
                .map(example -> new Labeled<>(example, example.label()))
                .toList();
    }
}
