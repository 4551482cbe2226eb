package dev.cloze.runtime.data;

import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Gives a file's rows one after another. */
abstract class RowSource extends Spliterators.AbstractSpliterator<DataRow> {

    RowSource() {
        super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.IMMUTABLE);
    }

    /** The rows of this text, which closes with them, and how it is spelled. */
    static SpelledRows rows(DataFile file, DataFormat format, FileText text) {
        RowSource source =
                switch (format) {
                    case CSV -> TableReader.csv(file, text);
                    case TSV -> TableReader.tsv(file, text);
                    case JSON_LINES -> new JsonLinesReader(file, text);
                };
        return new SpelledRows(
                StreamSupport.stream(source, false).onClose(text::close), source.delimiter(), text.marked());
    }

    /** What stands between values; a comma where none does. */
    char delimiter() {
        return ',';
    }

    /** The next row; null behind the last one. */
    abstract @Nullable DataRow row();

    @Override
    public boolean tryAdvance(Consumer<? super DataRow> action) {
        DataRow next = row();
        if (next != null) {
            action.accept(next);
        }
        return next != null;
    }
}
