package dev.cloze.runtime.data;

import java.util.stream.Stream;

/**
 * A file's records one by one, with what another file must have to be spelled alike. Whoever asks for them closes them.
 *
 * @param rows the records
 * @param delimiter what stands between values; a comma where none does
 * @param marked whether the file begins with a byte-order mark, or isn't UTF-8: its reader takes UTF-8 without a mark for something else
 */
public record SpelledRows(Stream<DataRow> rows, char delimiter, boolean marked) implements AutoCloseable {

    /** Records that no text holds. */
    public static SpelledRows of(Stream<DataRow> rows) {
        return new SpelledRows(rows, ',', false);
    }

    @Override
    public void close() {
        rows.close();
    }
}
