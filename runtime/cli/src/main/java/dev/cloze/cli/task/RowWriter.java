package dev.cloze.cli.task;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.cloze.runtime.data.DataFormat;
import dev.cloze.runtime.data.SpelledRows;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes records as they come, the first of which tells the columns. */
final class RowWriter {

    private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

    /** By which spreadsheets tell UTF-8. */
    private static final String MARK = "\uFEFF";

    private final DataFormat format;
    private final PrintWriter out;
    private final CsvWriter csv;
    private final HeadColumns columns = new HeadColumns();
    private final boolean marked;

    /**
     * @param like the records that these are made of
     * @param alike whether their file is of the same format: a table is then spelled as that is, or the spreadsheet that wrote it
     *     could not read it
     */
    RowWriter(DataFormat format, PrintWriter out, SpelledRows like, boolean alike) {
        this.format = format;
        this.out = out;
        this.marked = alike && like.marked();
        this.csv = CsvWriter.builder()
                .fieldSeparator(alike ? like.delimiter() : ',')
                .lineDelimiter(LineDelimiter.LF)
                .bufferSize(0)
                .build(out);
    }

    /**
     * Writes a record.
     *
     * @param values texts and numbers by column, in the columns' order
     */
    void write(Map<String, Object> values) {
        switch (format) {
            case CSV -> {
                head(values);
                csv.writeRecord(texts(values));
            }
            case TSV -> {
                head(values);
                out.println(String.join(
                        "\t", texts(values).stream().map(RowWriter::plain).toList()));
            }
            case JSON_LINES -> out.println(JSON.toJson(object(values)));
        }
    }

    private void head(Map<String, Object> values) {
        if (!columns.take(values)) {
            return;
        }
        out.print(marked ? MARK : "");
        if (format == DataFormat.CSV) {
            csv.writeRecord(columns.names());
        } else {
            out.println(String.join("\t", columns.names()));
        }
    }

    private List<String> texts(Map<String, Object> values) {
        List<String> texts = new ArrayList<>();
        columns.names().forEach(column -> texts.add(String.valueOf(values.getOrDefault(column, ""))));
        return texts;
    }

    /** A value between tabs can hold neither tabs nor line ends. */
    private static String plain(String value) {
        return value.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
    }

    private static JsonObject object(Map<String, Object> values) {
        JsonObject object = new JsonObject();
        values.forEach((column, value) -> {
            if (value instanceof Number number) {
                object.addProperty(column, number);
            } else if (value instanceof Map<?, ?> map) {
                object.add(column, JSON.toJsonTree(map));
            } else if (value instanceof JsonText json) {
                object.add(column, json.element());
            } else if (value instanceof JsonElement json) {
                object.add(column, json);
            } else {
                object.addProperty(column, String.valueOf(value));
            }
        });
        return object;
    }
}
