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
import java.util.List;

/** Reads rows of separated values, each as long as the columns are many. */
final class TableReader {

    private final DataFile file;
    private final TableRows rows;

    TableReader(DataFile file) {
        this.file = file;
        this.rows = new TableRows(file);
    }

    List<DataRow> tsv() {
        return read(
                FileText.read(file),
                0,
                file.delimiter().orElse('\t'),
                file.quoted().orElse(false));
    }

    List<DataRow> csv() {
        String text = FileText.read(file);
        Delimiter delimiter = Delimiter.of(file, text);
        return read(
                text.substring(delimiter.start()),
                delimiter.linesBefore(),
                delimiter.value(),
                file.quoted().orElse(true));
    }

    /** @param before lines above the text */
    private List<DataRow> read(String text, int before, char delimiter, boolean quoted) {
        return quoted ? quoted(text, before, delimiter) : plain(text, before, delimiter);
    }

    private List<DataRow> plain(String text, int before, char delimiter) {
        String[] lines = FileText.lines(text);
        for (int i = 0; i < lines.length; i++) {
            rows.add(before + i + 1L, parts(lines[i], delimiter));
        }
        return rows.all();
    }

    private static List<String> parts(String line, char delimiter) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = line.indexOf(delimiter); end >= 0; end = line.indexOf(delimiter, start)) {
            parts.add(line.substring(start, end));
            start = end + 1;
        }
        parts.add(line.substring(start));
        return parts;
    }

    private List<DataRow> quoted(String text, int before, char delimiter) {
        long line = before + 1L;
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                line = before + row.getStartingLineNumber();
                rows.add(line, row.getFields());
            }
        } catch (CsvParseException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "After line " + line + " of " + file.path().getFileName() + " comes no valid CSV.\n  The file is "
                            + file.path() + ".\n  " + reason(e)
                            + "\n  Close every quote, and double those inside a quoted value; or, where quotes are"
                            + " characters like others, DataFile.of(path).withQuotes(false).",
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // the text is in memory already
        }
        return rows.all();
    }

    private static String reason(CsvParseException failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return String.valueOf(cause.getMessage());
    }
}
