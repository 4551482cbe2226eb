package dev.cloze.runtime.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How a file's records are written. */
public enum DataFormat {
    /** Comma-separated values, see {@link DataFile#csv()}. */
    CSV,
    /** Values between tabs, see {@link DataFile#tsv()}. */
    TSV,
    /** One JSON object a line, see {@link DataFile#jsonLines()}. */
    JSON_LINES;

    /**
     * What a file's name says: {@code .csv}, {@code .tsv} or {@code .tab}, {@code .jsonl}, {@code .ndjson} or {@code .json}, each with
     * {@code .gz} too; empty for other names.
     */
    public static Optional<DataFormat> of(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
        String ending = plain.substring(plain.lastIndexOf('.') + 1);
        return Optional.ofNullable(
                switch (ending) {
                    case "csv" -> CSV;
                    case "tsv", "tab" -> TSV;
                    case "jsonl", "ndjson", "json" -> JSON_LINES;
                    default -> null;
                });
    }
}
