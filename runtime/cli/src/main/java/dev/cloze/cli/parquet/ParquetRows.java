package dev.cloze.cli.parquet;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.data.DataRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/** A file's records one after another; one group of rows is held at a time, as the file's writer made them. */
public final class ParquetRows extends Spliterators.AbstractSpliterator<DataRow> {

    private final Path file;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final MessageColumnIO columns;
    private final Set<String> json;
    private @Nullable RecordReader<Group> group;
    private long left;
    private long read;

    private ParquetRows(Path file, ParquetFileReader reader) {
        super(reader.getRecordCount(), Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
        this.file = file;
        this.reader = reader;
        this.schema = reader.getFileMetaData().getSchema();
        this.columns = new ColumnIOFactory().getColumnIO(schema);
        this.json = PlainColumns.json(schema);
    }

    /**
     * The records, whose values are texts by column: numbers and times as they are written, lists and the like as JSON, null as
     * an empty text. Close the stream.
     *
     * @throws ClozeException DATA_UNREADABLE
     */
    public static Stream<DataRow> of(Path file) {
        ParquetFileReader reader = open(file);
        return StreamSupport.stream(new ParquetRows(file, reader), false).onClose(() -> close(file, reader));
    }

    /** The columns of a file that hold numbers or truth values; DATA_UNREADABLE as {@link #of}. */
    public static PlainColumns plainColumns(Path file) {
        ParquetFileReader reader = open(file);
        try {
            return PlainColumns.of(reader.getFileMetaData().getSchema());
        } finally {
            close(file, reader);
        }
    }

    private static ParquetFileReader open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    Files.isDirectory(file)
                            ? file + " is a folder.\n  Name a file that is in it."
                            : "There is no file " + file + ".");
        }
        try {
            ParquetReadOptions options = ParquetReadOptions.builder(new PlainParquetConfiguration())
                    .withCodecFactory(new Codecs())
                    .build();
            return ParquetFileReader.open(new LocalInputFile(file), options);
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public boolean tryAdvance(Consumer<? super DataRow> action) {
        DataRow row;
        try {
            RecordReader<Group> records = records();
            if (records == null) {
                return false;
            }
            row = row(records.read());
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
        action.accept(row);
        return true;
    }

    /** Those of the group of rows that is read; null behind the last. */
    private @Nullable RecordReader<Group> records() throws IOException {
        while (left == 0) {
            PageReadStore pages = reader.readNextRowGroup();
            if (pages == null) {
                return null;
            }
            left = pages.getRowCount();
            group = columns.getRecordReader(pages, new GroupRecordConverter(schema));
        }
        left--;
        return group;
    }

    private DataRow row(Group record) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < schema.getFieldCount(); i++) {
            values.put(schema.getFieldName(i), Values.text(record, i));
        }
        return new DataRow(file, ++read, values, json);
    }

    private static void close(Path file, ParquetFileReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static ClozeException unreadable(Path file, Exception cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        return new ClozeException(
                Problem.DATA_UNREADABLE,
                "The file " + file + " can't be read as Parquet: " + innermost.getMessage()
                        + ".\n  If it is another format, say which: --format CSV, TSV or JSON_LINES.",
                cause);
    }
}
