package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A file of examples and how to read it: {@code DataFile.of(path).csv()}.
 *
 * <p>What pandas, R, Excel, LibreOffice and the public data sets write is read as it is. What gzip has made is unzipped, whatever its
 * name, and what begins with the mark of UTF-16, as Excel's "Unicode Text" does, is read so.
 * Whatever cannot be read is a {@link ClozeException} with the code {@code DATA_UNREADABLE}, the line and a cure.
 *
 * @param path where it is
 * @param charset how its characters are encoded
 * @param columns the columns' names; empty when the first line holds them
 * @param delimiter what stands between values; empty: commas, or what the first line shows, in {@link #csv()}, tabs in
 *     {@link #tsv()}
 * @param quoted whether quotes enclose values; empty: in {@link #csv()} they do, in {@link #tsv()} they are characters like others
 *     unless the file shows that they enclose
 */
public record DataFile(
        Path path, Charset charset, List<String> columns, Optional<Character> delimiter, Optional<Boolean> quoted) {

    public DataFile {
        columns = List.copyOf(columns);
    }

    /** A file in UTF-8 whose first line names the columns. */
    public static DataFile of(Path path) {
        return new DataFile(path, StandardCharsets.UTF_8, List.of(), Optional.empty(), Optional.empty());
    }

    /** The same in another encoding, such as {@code Charset.forName("windows-1252")}. */
    public DataFile withCharset(Charset value) {
        return new DataFile(path, value, columns, delimiter, quoted);
    }

    /** The same without a line of names: these are the columns, and the first line is an example. */
    public DataFile withColumns(String... names) {
        return new DataFile(path, charset, List.of(names), delimiter, quoted);
    }

    /** The same with this character between values. */
    public DataFile withDelimiter(char value) {
        return new DataFile(path, charset, columns, Optional.of(value), quoted);
    }

    /** The same with quotes that enclose values, or with quotes that are characters like others. */
    public DataFile withQuotes(boolean enclose) {
        return new DataFile(path, charset, columns, delimiter, Optional.of(enclose));
    }

    /**
     * Comma-separated values, with quotes as RFC 4180 has them. Where the first line has no comma but semicolons, bars or tabs,
     * as spreadsheets write in many countries, these stand between values. A line {@code sep=;} says so itself. Blank lines are
     * left out, and so are columns at the end that have neither a name nor a value, and spaces around names.
     */
    public List<DataRow> csv() {
        return all(DataFormat.CSV);
    }

    /**
     * Tabs between values, and blank lines left out. Quotes are characters like others, and each line is a record, as the public
     * data sets have it, unless the file's first 65,536 characters show that quotes enclose values as pandas, R and Excel write
     * them: each quote opens a value, closes it or is doubled inside, and names of columns are enclosed, or doubled quotes or line
     * breaks are, or just the values that have a comma.
     */
    public List<DataRow> tsv() {
        return all(DataFormat.TSV);
    }

    /**
     * One JSON object a line, its names being the columns; strings, numbers and booleans become their text, nulls are left
     * out, anything else stays JSON. Lines end at line feeds only; blank ones are left out.
     */
    public List<DataRow> jsonLines() {
        return all(DataFormat.JSON_LINES);
    }

    /** The file's lines as they are, without their ends. */
    public List<String> lines() {
        try (FileText text = FileText.open(this)) {
            return Stream.iterate(text.line(), Objects::nonNull, line -> text.line())
                    .toList();
        }
    }

    /**
     * The records one by one, none of which is held: for files of any size. Close the stream; what can't be read is an error
     * when its turn comes.
     */
    public Stream<DataRow> stream(DataFormat format) {
        return spelled(format).rows();
    }

    /**
     * As {@link #stream(DataFormat)}, from bytes that come from elsewhere, such as standard input; the file is only named in
     * messages.
     *
     * @param bytes read as they are, and closed with the stream
     */
    public Stream<DataRow> stream(DataFormat format, InputStream bytes) {
        return spelled(format, bytes).rows();
    }

    /** As {@link #stream(DataFormat)}, and how the file is spelled. */
    public SpelledRows spelled(DataFormat format) {
        return RowSource.rows(this, format, FileText.open(this));
    }

    /** As {@link #stream(DataFormat, InputStream)}, and how those bytes are spelled. */
    public SpelledRows spelled(DataFormat format, InputStream bytes) {
        return RowSource.rows(this, format, FileText.of(this, bytes));
    }

    private List<DataRow> all(DataFormat format) {
        try (Stream<DataRow> rows = stream(format)) {
            return rows.toList();
        }
    }
}
