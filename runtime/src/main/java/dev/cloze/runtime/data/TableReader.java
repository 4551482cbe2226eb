package dev.cloze.runtime.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads rows of separated values, each as long as the columns are many. */
final class TableReader {

    private final DataFile file;
    private final List<DataRow> rows = new ArrayList<>();
    private List<String> columns;

    TableReader(DataFile file) {
        this.file = file;
        this.columns = file.columns();
    }

    List<DataRow> tsv() {
        String[] lines = FileText.lines(FileText.read(file));
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                add(i + 1, List.of(lines[i].split("\t", -1)));
            }
        }
        return rows;
    }

    List<DataRow> csv() {
        long line = 1;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(FileText.read(file))) {
            for (CsvRecord row : reader) {
                line = row.getStartingLineNumber();
                add(line, row.getFields());
            }
        } catch (CsvParseException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "After line " + line + " of " + file.path().getFileName() + " comes no valid CSV.\n  The file is "
                            + file.path() + ".\n  " + reason(e)
                            + "\n  Close every quote, and double those inside a quoted value.",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the text is in memory already
        }
        return rows;
    }

    private static String reason(CsvParseException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }

    private void add(long line, List<String> values) {
        if (columns.isEmpty()) {
            name(line, values);
            return;
        }
        if (values.size() != columns.size()) {
            throw FileText.unreadable(
                    file,
                    line,
                    "has " + values.size() + (values.size() == 1 ? " value" : " values") + ", but there are "
                            + columns.size() + " columns.",
                    "The columns are: " + String.join(", ", columns) + ".");
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            row.put(columns.get(i), values.get(i));
        }
        rows.add(new DataRow(file.path(), line, row));
    }

    private void name(long line, List<String> names) {
        if (new HashSet<>(names).size() < names.size()) {
            throw FileText.unreadable(
                    file,
                    line,
                    "names a column twice: " + String.join(", ", names) + ".",
                    "If the file has no line of names, give them: DataFile.of(path).withColumns(\"label\", \"text\").");
        }
        columns = List.copyOf(names);
    }
}
