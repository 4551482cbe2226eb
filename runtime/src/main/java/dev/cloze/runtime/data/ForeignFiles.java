package dev.cloze.runtime.data;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows files that hold no text by how they begin. */
final class ForeignFiles {

    private static final Map<String, String> BEGINNINGS = new LinkedHashMap<>();

    static {
        BEGINNINGS.put(
                "PK\3\4", "It is a ZIP archive, as spreadsheets (.xlsx, .ods) are: save the table as \"CSV UTF-8\".");
        BEGINNINGS.put(
                "\u00D0\u00CF\u0011\u00E0",
                "It is a document of Office, such as .xls: save the table as \"CSV UTF-8\".");
        BEGINNINGS.put("PAR1", "It is Parquet: write it as CSV or JSON lines, df.to_csv(...) in pandas.");
        BEGINNINGS.put("ARROW1", "It is Arrow: write it as CSV or JSON lines, dataset.to_json(...) in datasets.");
        BEGINNINGS.put("%PDF", "It is a PDF: write its texts into a file of plain text.");
        BEGINNINGS.put("\u0080\u0004\u0095", "It is a pickle of Python's: write it as CSV or JSON lines.");
    }

    private ForeignFiles() {}

    /** What the file is, and what to do; null where it is none that is known. */
    static @Nullable String remark(byte[] beginning) {
        String first = new String(beginning, 0, Math.min(16, beginning.length), StandardCharsets.ISO_8859_1);
        return BEGINNINGS.entrySet().stream()
                .filter(known -> first.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}
