package dev.cloze.runtime.tuning.demonstration;

import dev.cloze.runtime.tuning.LabelNames;
import dev.cloze.runtime.tuning.LabeledValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Demonstrations as a saved pipeline holds them: texts of the training set, in words, and the sets that are shown.
 *
 * @param examples what can be shown
 * @param sets [set][place], positions in the examples; none where they are chosen for each input
 */
public record SavedDemonstrations(LabeledValues examples, int[][] sets) {

    private static final String SETS = "demonstrations.sets";
    private static final String LABELS = "demonstrations.labels";
    private static final String TEXTS = "demonstrations.texts of ";

    /** The examples that the sets show, without the others of the pool. */
    public static SavedDemonstrations of(DemonstrationPool pool, int[][] sets) {
        TreeSet<Integer> shown =
                Arrays.stream(sets).flatMapToInt(Arrays::stream).boxed().collect(Collectors.toCollection(TreeSet::new));
        List<Integer> kept = List.copyOf(shown);
        LabeledValues all = pool.examples();
        LabeledValues examples = new LabeledValues(
                kept.stream().map(all.inputs()::get).toList(),
                kept.stream().mapToInt(i -> all.labels()[i]).toArray());
        int[][] renumbered = Arrays.stream(sets)
                .map(set -> Arrays.stream(set).map(kept::indexOf).toArray())
                .toArray(int[][]::new);
        return new SavedDemonstrations(examples, renumbered);
    }

    /** All examples of a pool, from which sets are chosen for each input. */
    public static SavedDemonstrations all(DemonstrationPool pool) {
        return new SavedDemonstrations(pool.examples(), new int[0][]);
    }

    /**
     * As texts of a product.
     *
     * @param labels the task's
     */
    public Map<String, List<String>> texts(List<?> labels) {
        Map<String, List<String>> texts = new LinkedHashMap<>();
        texts.put(
                LABELS,
                Arrays.stream(examples.labels())
                        .mapToObj(label -> LabelNames.of(labels.get(label)))
                        .toList());
        texts.put(SETS, Arrays.stream(sets).map(SavedDemonstrations::written).toList());
        Set<String> paths = new TreeSet<>();
        examples.inputs().forEach(input -> paths.addAll(input.keySet()));
        paths.forEach(path -> texts.put(
                TEXTS + path,
                examples.inputs().stream()
                        .map(input -> Objects.requireNonNull(input.get(path), path))
                        .toList()));
        return texts;
    }

    private static String written(int[] set) {
        return Arrays.stream(set).mapToObj(Integer::toString).collect(Collectors.joining(" "));
    }

    /** Whether there are demonstrations among these texts. */
    public static boolean areIn(Map<String, List<String>> texts) {
        return texts.containsKey(LABELS);
    }

    /**
     * What {@link #texts} gave.
     *
     * @param labels the labels, whose order may be another one now
     * @param paths the placeholders
     * @return nothing where a label or a text is missing
     */
    public static Optional<SavedDemonstrations> read(
            Map<String, List<String>> texts, List<?> labels, List<String> paths) {
        List<String> saved = texts.getOrDefault(LABELS, List.of());
        int[] indices =
                saved.stream().mapToInt(LabelNames.of(labels, saved)::indexOf).toArray();
        int[][] sets = texts.getOrDefault(SETS, List.of()).stream()
                .map(SavedDemonstrations::positions)
                .toArray(int[][]::new);
        boolean whole = Arrays.stream(indices).allMatch(label -> label >= 0)
                && Arrays.stream(sets)
                        .flatMapToInt(Arrays::stream)
                        .allMatch(position -> position >= 0 && position < indices.length)
                && paths.stream()
                        .allMatch(path ->
                                texts.getOrDefault(TEXTS + path, List.of()).size() == indices.length);
        return whole ? Optional.of(new SavedDemonstrations(values(texts, paths, indices), sets)) : Optional.empty();
    }

    private static LabeledValues values(Map<String, List<String>> texts, List<String> paths, int[] labels) {
        List<Map<String, String>> inputs = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            Map<String, String> values = new LinkedHashMap<>();
            for (String path : paths) {
                values.put(path, Objects.requireNonNull(texts.get(TEXTS + path)).get(i));
            }
            inputs.add(values);
        }
        return new LabeledValues(inputs, labels);
    }

    private static int[] positions(String set) {
        return set.isEmpty()
                ? new int[0]
                : Arrays.stream(set.split(" ", -1))
                        .mapToInt(position -> position.matches("[0-9]{1,9}") ? Integer.parseInt(position) : -1)
                        .toArray();
    }

    /** The sentence to be said when they are saved. */
    public String remark() {
        return remark(examples.size());
    }

    /**
     * The one of several products that are saved together.
     *
     * @param products what each gave as {@link #texts}
     * @return nothing where none has demonstrations
     */
    public static Optional<String> remark(List<Map<String, List<String>>> products) {
        Set<List<String>> different = new HashSet<>();
        for (Map<String, List<String>> texts : products) {
            List<List<String>> byPath = texts.keySet().stream()
                    .filter(name -> name.startsWith(TEXTS))
                    .sorted()
                    .map(texts::get)
                    .toList();
            for (int i = 0; i < texts.getOrDefault(LABELS, List.of()).size(); i++) {
                int example = i;
                different.add(byPath.stream().map(all -> all.get(example)).toList());
            }
        }
        return different.isEmpty() ? Optional.empty() : Optional.of(remark(different.size()));
    }

    private static String remark(int texts) {
        return "the saved pipeline holds " + texts
                + (texts == 1 ? " text" : " texts")
                + " of the training set as demonstrations, readable in texts.json; who gets the folder gets them";
    }
}
