package dev.cloze.cli.task;

import dev.cloze.runtime.data.DataFormat;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a file of records is written, as the command line knows it: what the runtime reads, and Parquet. */
enum TableFormat {
    CSV,
    TSV,
    JSON_LINES,
    PARQUET;

    /** What a file's name says; nothing for other names. */
    static Optional<TableFormat> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".parquet")
                ? Optional.of(PARQUET)
                : DataFormat.of(file).map(format -> valueOf(format.name()));
    }

    /** The same where it is text; JSON lines for Parquet, whose records have the same shape. */
    DataFormat text() {
        return this == PARQUET ? DataFormat.JSON_LINES : DataFormat.valueOf(name());
    }
}
