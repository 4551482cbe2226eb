package dev.cloze.runtime.data;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a table as they come, the first of which may name the columns. */
final class TableRows {

    private static final String WITHOUT_NAMES =
            "If the file has no line of names, give them: DataFile.of(path).withColumns(\"label\", \"text\").";

    private final DataFile file;
    private List<String> columns;

    /** How many columns stand behind those with a name, as spreadsheets write them; no row has a value there. */
    private int blankTail;

    TableRows(DataFile file) {
        this.file = file;
        this.columns = file.columns();
    }

    /** The row of a line; null where it is blank or names the columns. */
    @Nullable
    DataRow row(long line, List<String> values) {
        if (values.stream().allMatch(String::isBlank)) {
            return null;
        }
        if (columns.isEmpty()) {
            name(line, values);
            return null;
        }
        List<String> own = withoutTail(values);
        if (own.size() != columns.size()) {
            throw FileText.unreadable(
                    file,
                    line,
                    "has " + own.size() + (own.size() == 1 ? " value" : " values") + ", but there are " + columns.size()
                            + " columns.",
                    "The columns are: " + String.join(", ", columns) + "." + hint());
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), own.get(i));
        }
        return new DataRow(file.path(), line, row);
    }

    /** A first line with fewer values than the others may be no line of names. */
    private String hint() {
        return file.columns().isEmpty() ? "\n  " + WITHOUT_NAMES : "";
    }

    private List<String> withoutTail(List<String> values) {
        int end = values.size();
        int least = Math.max(columns.size(), values.size() - blankTail);
        while (end > least && values.get(end - 1).isBlank()) {
            end--;
        }
        return values.subList(0, end);
    }

    private void name(long line, List<String> names) {
        int end = names.size();
        while (names.get(end - 1).isBlank()) {
            end--;
        }
        blankTail = names.size() - end;
        List<String> named = names.subList(0, end);
        if (new HashSet<>(named).size() < named.size()) {
            throw FileText.unreadable(
                    file, line, "names a column twice: " + String.join(", ", named) + ".", WITHOUT_NAMES);
        }
        columns = List.copyOf(named);
    }
}
