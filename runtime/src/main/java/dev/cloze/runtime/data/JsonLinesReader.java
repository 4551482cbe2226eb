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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object a line. */
final class JsonLinesReader {

    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private static final Pattern COLUMN = Pattern.compile("column (\\d+)");
    private static final String CURE =
            "Write a whole object on every line, names and texts in double quotes: {\"text\": \"...\"}.";

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
            throw FileText.unreadable(file, line, "is not valid JSON" + place(e) + ".", CURE);
        }
    }

    /** Where the library stopped; what it says beside that speaks of its own settings. */
    private static String place(JsonParseException failure) {
        Matcher found = COLUMN.matcher(String.valueOf(failure.getMessage()));
        return found.find() ? " at its character " + found.group(1) : "";
    }
}
