package dev.cloze.benchmarks.fewshot;

import dev.cloze.annotations.method.MethodTraits;
import dev.cloze.annotations.method.Reading;
import dev.cloze.testkit.data.TextExample;
import java.util.List;
import java.util.Map;

/**
 * A data set of the table and how models are asked.
 *
 * @param name as the table has it
 * @param template what all rows with one template read, of the placeholder {@code text}, and of {@code first} where there are
 *     two texts
 * @param words the label words by label, in the labels' order
 * @param patterns what PET reads, written down before anything was measured; the template alone where PET has no row
 * @param sources its files
 */
record FewShotTask(
        String name, String template, Map<String, List<String>> words, List<String> patterns, FewShotSources sources) {

    List<String> labels() {
        return List.copyOf(words.keySet());
    }

    /**
     * What a method reads: this template, or of two texts, where it reads no words around them, the first, a separator and the
     * second, as they are.
     */
    String readBy(MethodTraits method, String asked) {
        return isOfPairs() && method.reading() == Reading.PLACEHOLDERS ? "{first} {sep} {text}" : asked;
    }

    /** Whether an input is two texts. */
    boolean isOfPairs() {
        return template.contains("{first");
    }

    /** The share of the commonest label, 0 to 1. */
    double majority(List<TextExample> examples) {
        long most = labels().stream()
                .mapToLong(label -> examples.stream()
                        .filter(example -> example.label().equals(label))
                        .count())
                .max()
                .orElseThrow();
        return most / (double) examples.size();
    }
}
