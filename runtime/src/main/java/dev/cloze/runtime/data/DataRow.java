package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.problem.ShortText;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One record of a data file.
 *
 * @param file the file it stands in
 * @param line the line it begins on, from 1
 * @param values the values by column, in the file's order
 * @param json the columns whose values are no texts there but JSON: numbers, truth values, lists and objects
 */
public record DataRow(Path file, long line, Map<String, String> values, Set<String> json) {

    private static final int SHOWN_LETTERS = 60;

    public DataRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        json = Set.copyOf(json);
    }

    /** One whose values are all texts. */
    public DataRow(Path file, long line, Map<String, String> values) {
        this(file, line, values, Set.of());
    }

    /**
     * The value of a column, or what {@code translation.de} names in a column {@code translation} of JSON objects.
     *
     * @throws ClozeException {@code DATA_UNREADABLE} when the record has no such column
     */
    public String get(String column) {
        return find(column).orElseThrow(() -> missing(column));
    }

    /**
     * The value of a column as a number.
     *
     * @throws ClozeException {@code DATA_UNREADABLE} when the record has no such column, or something else in it
     */
    public double number(String column) {
        String value = get(column);
        try {
            return Double.parseDouble(value.strip());
        } catch (NumberFormatException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "Line " + line + " of " + file.getFileName() + " has \"" + ShortText.of(value, SHOWN_LETTERS)
                            + "\" in \"" + column
                            + "\", which is no number.\n  Write one, such as 3.5, or name the column"
                            + " that has it.\n  The file is " + file + ".",
                    e);
        }
    }

    /** As {@link #get}; empty where the record has no such column. */
    public Optional<String> find(String column) {
        String value = values.get(column);
        if (value != null) {
            return Optional.of(value);
        }
        int dot = column.indexOf('.');
        String object = column.substring(0, Math.max(0, dot));
        return json.contains(object)
                ? JsonValue.within(values.getOrDefault(object, ""), column.substring(dot + 1))
                : Optional.empty();
    }

    private ClozeException missing(String column) {
        String nearest = NearestName.suggestion(column, values.keySet());
        return new ClozeException(
                Problem.DATA_UNREADABLE,
                "Line " + line + " of " + file.getFileName() + " has no \"" + column + "\".\n  It has: "
                        + String.join(", ", values.keySet()) + "." + (nearest.isEmpty() ? named() : " " + nearest)
                        + "\n  The file is " + file + ".");
    }

    /** Where no name is like it, those it has may be an example's values. */
    private String named() {
        return DataFormat.of(file).equals(Optional.of(DataFormat.JSON_LINES)) ? "" : "\n  " + TableRows.WITHOUT_NAMES;
    }
}
