package dev.cloze.runtime.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads rows of separated values, each as long as the columns are many. */
final class TableReader {

    private TableReader() {}

    static RowSource tsv(DataFile file, FileText text) {
        char delimiter = file.delimiter().orElse('\t');
        boolean named = file.columns().isEmpty();
        boolean quoted = file.quoted().orElseGet(() -> Enclosed.shownIn(text.head(), delimiter, named));
        return of(file, text, 0, delimiter, quoted);
    }

    static RowSource csv(DataFile file, FileText text) {
        Delimiter delimiter = Delimiter.of(file, text.head());
        text.skip(delimiter.start());
        return of(
                file,
                text,
                delimiter.linesBefore(),
                delimiter.value(),
                file.quoted().orElse(true));
    }

    /** Those of either kind know what stands between their values. */
    private abstract static class Separated extends RowSource {

        private final char delimiter;

        Separated(char delimiter) {
            this.delimiter = delimiter;
        }

        @Override
        final char delimiter() {
            return delimiter;
        }
    }

    /** @param before lines above the table */
    private static RowSource of(DataFile file, FileText text, int before, char delimiter, boolean quoted) {
        return quoted ? new Quoted(file, text, before, delimiter) : new Plain(file, text, before, delimiter);
    }

    private static final class Plain extends Separated {

        private final TableRows rows;
        private final FileText text;
        private long number;

        Plain(DataFile file, FileText text, int before, char delimiter) {
            super(delimiter);
            this.rows = new TableRows(file, delimiter, false);
            this.text = text;
            this.number = before;
        }

        @Override
        @Nullable
        DataRow row() {
            for (String line = text.line(); line != null; line = text.line()) {
                number++;
                DataRow row = rows.row(number, parts(line, delimiter()));
                if (row != null) {
                    return row;
                }
            }
            return null;
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
    }

    private static final class Quoted extends Separated {

        private final DataFile file;
        private final TableRows rows;
        private final Iterator<CsvRecord> records;
        private final int before;
        private long line;

        Quoted(DataFile file, FileText text, int before, char delimiter) {
            super(delimiter);
            this.file = file;
            this.rows = new TableRows(file, delimiter, true);
            this.before = before;
            this.line = before + 1L;
            this.records = CsvReader.builder()
                    .fieldSeparator(delimiter)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .allowUnclosedQuote(false)
                    .ofCsvRecord(text.reader())
                    .iterator();
        }

        @Override
        @Nullable
        DataRow row() {
            try {
                while (records.hasNext()) {
                    CsvRecord record = records.next();
                    line = before + record.getStartingLineNumber();
                    DataRow row = rows.row(line, record.getFields());
                    if (row != null) {
                        return row;
                    }
                }
                return null;
            } catch (CsvParseException e) {
                throw invalid(e);
            } catch (UncheckedIOException e) {
                throw FileText.unreadable(file, Objects.requireNonNull(e.getCause()));
            }
        }

        private ClozeException invalid(CsvParseException failure) {
            if (failure.getCause() instanceof ClozeException known) {
                return known;
            }
            return new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "After line " + line + " of " + file.path().getFileName() + " comes no valid CSV.\n  The file is "
                            + file.path() + ".\n  " + reason(failure)
                            + "\n  Close every quote, and double those inside a quoted value; or, where quotes are"
                            + " characters like others, DataFile.of(path).withQuotes(false).",
                    failure);
        }

        /** What the library found, in words for who wrote the file. */
        private static String reason(CsvParseException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            String said = String.valueOf(cause.getMessage());
            if (said.contains("after closing quote")) {
                return "Behind a quote that closes a value stands neither what parts values nor the line's end.";
            }
            return said.contains("buffer size")
                    ? "A value is longer than 16 million characters, or no quote closes it."
                    : "No quote closes a value that one opens.";
        }
    }
}
