package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One record of a data file.
 *
 * @param file the file it stands in
 * @param line the line it begins on, from 1
 * @param values the values by column, in the file's order
 */
public record DataRow(Path file, long line, Map<String, String> values) {

    public DataRow {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /**
     * The value of a column.
     *
     * @throws ClozeException {@code DATA_UNREADABLE} when the record has no such column
     */
    public String get(String column) {
        String value = values.get(column);
        if (value == null) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "Line " + line + " of " + file.getFileName() + " has no \"" + column + "\".\n  It has: "
                            + String.join(", ", values.keySet()) + ". "
                            + NearestName.suggestion(column, values.keySet()) + "\n  The file is " + file + ".");
        }
        return value;
    }
}
