package dev.cloze.cli.task;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.Labeled;
import dev.cloze.runtime.data.DataRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which label each value of a column means. */
final class LabelValues {

    private static final int SHOWN = 10;

    private final String column;
    private final Set<String> labels;
    private final Map<String, String> said;

    /** @param said values that mean a label of another name */
    LabelValues(String column, Set<String> labels, Map<String, String> said) {
        this.column = column;
        this.labels = labels;
        this.said = said;
        said.forEach((value, label) -> {
            if (!labels.contains(label)) {
                throw new ClozeException(
                        Problem.VERBALIZER_UNKNOWN_LABEL,
                        "--label-value " + value + "=" + label + " names no label of the task. "
                                + NearestName.suggestion(label, labels) + "\n  They are: " + String.join(", ", labels)
                                + ".");
            }
        });
    }

    /** The rows with their labels; all values that mean none are told at once. */
    List<Labeled<DataRow, String>> examples(List<DataRow> rows) {
        List<Labeled<DataRow, String>> examples = new ArrayList<>();
        Map<String, List<DataRow>> unknown = new LinkedHashMap<>();
        for (DataRow row : rows) {
            String value = row.get(column).strip();
            String label = label(value);
            if (label == null) {
                unknown.computeIfAbsent(value, any -> new ArrayList<>()).add(row);
            } else {
                examples.add(new Labeled<>(row, label));
            }
        }
        if (!unknown.isEmpty()) {
            throw unknown(unknown);
        }
        return examples;
    }

    private @Nullable String label(String value) {
        if (said.containsKey(value)) {
            return said.get(value);
        }
        if (labels.contains(value)) {
            return value;
        }
        List<String> alike = labels.stream()
                .filter(label -> folded(label).equals(folded(value)))
                .toList();
        return alike.size() == 1 ? alike.get(0) : null;
    }

    private static String folded(String value) {
        return value.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]+", "_");
    }

    private ClozeException unknown(Map<String, List<DataRow>> unknown) {
        List<DataRow> first = unknown.values().iterator().next();
        String values = unknown.entrySet().stream()
                .limit(SHOWN)
                .map(entry -> "\n  \"" + shortened(entry.getKey()) + "\" on line "
                        + entry.getValue().get(0).line() + ". " + NearestName.suggestion(entry.getKey(), labels))
                .collect(Collectors.joining());
        String more = unknown.size() > SHOWN ? "\n  ... and " + (unknown.size() - SHOWN) + " other values." : "";
        return new ClozeException(
                Problem.DATA_LABEL_UNKNOWN,
                first.get(0).file() + " has values in its column \"" + column + "\" that are no label of the task."
                        + values + more + "\n  The labels are: " + String.join(", ", labels)
                        + ".\n  Correct the values, say what they mean, --label-value "
                        + shortened(unknown.keySet().iterator().next()) + "="
                        + labels.iterator().next() + ", or name the labels' column: --label-column.");
    }

    private static String shortened(String value) {
        return value.length() <= 40 ? value : value.substring(0, 40) + "...";
    }
}
