package dev.cloze.runtime.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Gives a file's rows one after another. */
abstract class RowSource implements Iterator<DataRow>, AutoCloseable {

    private @Nullable DataRow ahead;
    private boolean asked;

    /** The rows of this text, which closes with them. */
    static Stream<DataRow> rows(DataFile file, DataFormat format, FileText text) {
        RowSource source =
                switch (format) {
                    case CSV -> TableReader.csv(file, text);
                    case TSV -> TableReader.tsv(file, text);
                    case JSON_LINES -> new JsonLinesReader(file, text);
                };
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE;
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(source, traits), false)
                .onClose(source::close);
    }

    /** The next row; null behind the last one. */
    abstract @Nullable DataRow row();

    @Override
    public abstract void close();

    @Override
    public boolean hasNext() {
        if (!asked) {
            ahead = row();
            asked = true;
        }
        return ahead != null;
    }

    @Override
    public DataRow next() {
        if (!hasNext() || ahead == null) {
            throw new NoSuchElementException();
        }
        asked = false;
        return ahead;
    }
}
