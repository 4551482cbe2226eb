package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.problem.ShortText;
import dev.cloze.runtime.Labeled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks through training examples before any time is spent on them. */
public final class TrainingSet {

    /** The commonest label may have this many times the examples of the rarest without a remark. */
    private static final double BALANCED = 1.5;

    private static final int SHOWN = 120;

    private TrainingSet() {}

    /** As below, inputs being equal as {@link Object#equals} says. */
    public static <I, L> TrainingSetReport<L> check(List<Labeled<I, L>> examples, List<L> labels) {
        return check(examples, labels, input -> input);
    }

    /**
     * Counts the examples and says what may be wrong with them.
     *
     * @param labels all labels of the task
     * @param sameness what makes two inputs the same, such as their encoded text
     * @throws ClozeException {@code TRAINING_TOO_FEW_EXAMPLES} when there is no example or none of some label, {@code
     *     INPUT_NULL}, {@code VERBALIZER_UNKNOWN_LABEL}
     */
    public static <I, L> TrainingSetReport<L> check(
            List<Labeled<I, L>> examples, List<L> labels, Function<? super I, ?> sameness) {
        ExampleChecks.complete(examples, labels, "training example");
        Map<L, Integer> counts = counts(examples, labels);
        enough(counts, examples.size());
        List<String> remarks = new ArrayList<>();
        balance(counts, remarks);
        contradictions(examples, sameness, remarks);
        return new TrainingSetReport<>(counts, remarks);
    }

    private static <I, L> Map<L, Integer> counts(List<Labeled<I, L>> examples, List<L> labels) {
        Map<L, Integer> counts = new LinkedHashMap<>();
        labels.forEach(label -> counts.put(label, 0));
        examples.forEach(example -> counts.merge(example.label(), 1, Integer::sum));
        return counts;
    }

    private static <L> void enough(Map<L, Integer> counts, int total) {
        if (total == 0) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There are no training examples.\n  Give at least one of each label: " + listed(counts.keySet())
                            + "; sixteen of each is a usual number.");
        }
        List<L> missing = counts.entrySet().stream()
                .filter(entry -> entry.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            throw new ClozeException(
                    Problem.TRAINING_TOO_FEW_EXAMPLES,
                    "There is no training example of " + listed(missing) + ".\n  There are: " + numbers(counts)
                            + ".\n  A label without examples would be unlearned. Give examples of it, or take it away.");
        }
    }

    private static <L> void balance(Map<L, Integer> counts, List<String> remarks) {
        if (Collections.max(counts.values()) > BALANCED * Collections.min(counts.values())) {
            remarks.add("The training examples are unbalanced: " + numbers(counts) + ".");
        }
    }

    private static <I, L> void contradictions(
            List<Labeled<I, L>> examples, Function<? super I, ?> sameness, List<String> remarks) {
        Map<Object, Set<L>> labels = new LinkedHashMap<>();
        Map<Object, I> inputs = new LinkedHashMap<>();
        for (Labeled<I, L> example : examples) {
            Object key = sameness.apply(example.input());
            labels.computeIfAbsent(key, k -> new LinkedHashSet<>()).add(example.label());
            inputs.putIfAbsent(key, example.input());
        }
        List<Map.Entry<Object, Set<L>>> torn = labels.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .toList();
        if (!torn.isEmpty()) {
            Map.Entry<Object, Set<L>> first = torn.get(0);
            remarks.add((torn.size() == 1 ? "1 input has" : torn.size() + " inputs have")
                    + " contradictory labels, such as " + listed(first.getValue()) + " for "
                    + shown(inputs.get(first.getKey())) + ".");
        }
    }

    private static String shown(@Nullable Object input) {
        return ShortText.of(String.valueOf(input), SHOWN);
    }

    private static String listed(Iterable<?> labels) {
        StringBuilder text = new StringBuilder();
        labels.forEach(label -> text.append(text.isEmpty() ? "" : ", ").append(label));
        return text.toString();
    }

    private static String numbers(Map<?, Integer> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getValue() + " " + entry.getKey())
                .collect(Collectors.joining(", "));
    }
}
