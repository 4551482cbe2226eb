package dev.cloze.runtime.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object a line. */
final class JsonLinesReader {

    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private final DataFile file;

    JsonLinesReader(DataFile file) {
        this.file = file;
    }

    List<DataRow> read() {
        List<DataRow> rows = new ArrayList<>();
        String[] lines = FileText.lines(FileText.read(file));
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                rows.add(new DataRow(file.path(), i + 1, values(i + 1, lines[i])));
            }
        }
        return rows;
    }

    private Map<String, String> values(long line, String json) {
        JsonElement element = parse(line, json);
        if (element == null || !element.isJsonObject()) {
            throw FileText.unreadable(
                    file, line, "is no JSON object.", "Write {\"column\": \"value\", ...} on every line.");
        }
        Map<String, String> values = new LinkedHashMap<>();
        element.getAsJsonObject().entrySet().forEach(entry -> {
            JsonElement value = entry.getValue();
            if (!value.isJsonNull()) {
                values.put(entry.getKey(), value.isJsonPrimitive() ? value.getAsString() : value.toString());
            }
        });
        return values;
    }

    private @Nullable JsonElement parse(long line, String json) {
        try {
            return GSON.fromJson(json, JsonElement.class);
        } catch (JsonParseException e) {
            throw FileText.unreadable(file, line, "is not valid JSON.", "The parser says: " + e.getMessage());
        }
    }
}
