package dev.cloze.runtime.tuning;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * By what labels are told apart where they are written down: an enum's constants by their names, whatever {@code toString} says,
 * which may say the same of two; other labels by their texts.
 */
public final class LabelNames {

    private LabelNames() {}

    /** A label's. */
    public static String of(Object label) {
        return label instanceof Enum<?> constant ? constant.name() : String.valueOf(label);
    }

    /** Those of some labels, in their order. */
    public static List<String> of(Collection<?> labels) {
        return labels.stream().map(LabelNames::of).toList();
    }

    /**
     * What labels were called in something saved, where earlier versions wrote the texts of constants too.
     *
     * @param saved of any of them, in any order and number
     * @return their texts where these are unlike and all that is saved are texts, not names
     */
    public static List<String> of(List<?> labels, List<String> saved) {
        List<String> names = of(labels);
        List<String> texts = texts(labels);
        boolean areTexts =
                !names.containsAll(saved) && new HashSet<>(texts).size() == texts.size() && texts.containsAll(saved);
        return areTexts ? texts : names;
    }

    /**
     * For each label its place in a list that was saved, which has each of them once: texts of earlier versions that are alike
     * stand there in the order of the labels.
     *
     * @return -1 where a label is not in it
     */
    public static int[] places(List<?> labels, List<String> saved) {
        List<String> names = of(labels);
        List<String> texts = texts(labels);
        if (!saved.containsAll(names) && saved.equals(texts)) {
            return IntStream.range(0, names.size()).toArray();
        }
        boolean areTexts = !saved.containsAll(names) && new HashSet<>(texts).size() == texts.size();
        return (areTexts ? texts : names).stream().mapToInt(saved::indexOf).toArray();
    }

    private static List<String> texts(List<?> labels) {
        return labels.stream().map(String::valueOf).toList();
    }

    /**
     * Refuses labels that would be taken for one another.
     *
     * @throws ClozeException {@code VERBALIZER_REPEATED_LABEL}
     */
    public static void requireUnlike(String task, Collection<?> labels) {
        Set<String> names = new HashSet<>();
        of(labels).stream().filter(name -> !names.add(name)).findFirst().ifPresent(name -> {
            throw new ClozeException(
                    Problem.VERBALIZER_REPEATED_LABEL,
                    "Two labels of " + task + " have the same text, \"" + name + "\"."
                            + "\n  Labels that are no constants of an enum are told apart by their texts in what is saved."
                            + "\n  Give them texts (toString) that differ, or declare an enum.");
        });
    }
}
