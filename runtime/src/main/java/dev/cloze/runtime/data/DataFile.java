package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of examples and how to read it: {@code DataFile.of(path).csv()}.
 *
 * <p>A name that ends in {@code .gz} is unzipped. Whatever cannot be read is a {@link ClozeException} with the code
 * {@code DATA_UNREADABLE} and the line.
 *
 * @param path where it is
 * @param charset how its characters are encoded
 * @param columns the columns' names; empty when the first line holds them
 */
public record DataFile(Path path, Charset charset, List<String> columns) {

    public DataFile {
        columns = List.copyOf(columns);
    }

    /** A file in UTF-8 whose first line names the columns. */
    public static DataFile of(Path path) {
        return new DataFile(path, StandardCharsets.UTF_8, List.of());
    }

    /** The same in another encoding. */
    public DataFile withCharset(Charset value) {
        return new DataFile(path, value, columns);
    }

    /** The same without a line of names: these are the columns. */
    public DataFile withColumns(String... names) {
        return new DataFile(path, charset, List.of(names));
    }

    /** Comma-separated values, with quotes as RFC 4180 has them; empty lines are left out. */
    public List<DataRow> csv() {
        return new TableReader(this).csv();
    }

    /** One record a line, tabs between values, quotes being ordinary characters; empty lines are left out. */
    public List<DataRow> tsv() {
        return new TableReader(this).tsv();
    }

    /**
     * One JSON object a line, its names being the columns; strings, numbers and booleans become their text, nulls are left
     * out, anything else stays JSON. Lines end at line feeds only; blank ones are left out.
     */
    public List<DataRow> jsonLines() {
        return new JsonLinesReader(this).read();
    }

    /** The file's lines as they are, without their ends. */
    public List<String> lines() {
        return List.of(FileText.lines(FileText.read(this)));
    }
}
