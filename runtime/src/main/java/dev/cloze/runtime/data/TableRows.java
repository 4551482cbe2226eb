package dev.cloze.runtime.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a table as they come, the first of which may name the columns. */
final class TableRows {

    static final String WITHOUT_NAMES =
            "If the file has no line of names, give them: DataFile.of(path).withColumns(\"label\", \"text\").";

    private static final String ENCLOSED =
            "\n  If quotes enclose its values, say so: DataFile.of(path).withQuotes(true).";

    private final DataFile file;
    private final char delimiter;
    private final boolean quoted;
    private List<String> columns;
    private boolean quoteSeen;

    /** How many columns stand behind those with a name, as spreadsheets write them; no row has a value there. */
    private int blankTail;

    TableRows(DataFile file, char delimiter, boolean quoted) {
        this.file = file;
        this.delimiter = delimiter;
        this.quoted = quoted;
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
        quoteSeen |= values.stream().anyMatch(value -> value.startsWith("\""));
        List<String> own = withoutTail(values);
        if (own.size() != columns.size()) {
            throw FileText.unreadable(
                    file,
                    line,
                    "has " + own.size() + (own.size() == 1 ? " value" : " values") + ", but there are " + columns.size()
                            + " columns.",
                    "The columns are: " + String.join(", ", columns) + "." + hint(own.size()));
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), own.get(i));
        }
        return new DataRow(file.path(), line, row);
    }

    /** A value may hold what stands between values, and a first line with fewer values may be no line of names. */
    private String hint(int count) {
        String enclosed = !quoted && quoteSeen ? ENCLOSED : "";
        String held = quoted && count > columns.size()
                ? "\n  A value that has a " + shown() + " in it stands in quotes."
                : "";
        return enclosed + held + (file.columns().isEmpty() ? "\n  " + WITHOUT_NAMES : "");
    }

    private String shown() {
        return delimiter == '\t' ? "tab" : "'" + delimiter + "'";
    }

    private List<String> withoutTail(List<String> values) {
        int end = values.size();
        int least = Math.max(columns.size(), values.size() - blankTail);
        while (end > least && values.get(end - 1).isBlank()) {
            end--;
        }
        return values.subList(0, end);
    }

    /** Stripped; where several have no name, as pandas writes an index of several levels, those behind the first get a number. */
    private static List<String> named(List<String> names) {
        List<String> named = new ArrayList<>();
        for (String name : names) {
            String own = name.strip();
            named.add(own.isEmpty() && named.contains("") ? "column " + (named.size() + 1) : own);
        }
        return named;
    }

    private void name(long line, List<String> names) {
        int end = names.size();
        while (names.get(end - 1).isBlank()) {
            end--;
        }
        blankTail = names.size() - end;
        List<String> named = named(names.subList(0, end));
        if (new HashSet<>(named).size() < named.size()) {
            throw FileText.unreadable(
                    file, line, "names a column twice: " + String.join(", ", named) + ".", WITHOUT_NAMES);
        }
        columns = List.copyOf(named);
    }
}
