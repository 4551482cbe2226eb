package dev.cloze.runtime.data;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object a line. */
final class JsonLinesReader extends RowSource {

    private static final Gson GSON =
            new GsonBuilder().setStrictness(Strictness.STRICT).create();

    private static final Pattern COLUMN = Pattern.compile("column (\\d+)");
    private static final String CURE =
            "Write a whole object on every line, names and texts in double quotes: {\"text\": \"...\"}.";

    private final DataFile file;
    private final FileText text;
    private long number;

    JsonLinesReader(DataFile file, FileText text) {
        this.file = file;
        this.text = text;
    }

    @Override
    @Nullable
    DataRow row() {
        for (String line = text.line(); line != null; line = text.line()) {
            number++;
            if (!line.isBlank()) {
                return row(line);
            }
        }
        return null;
    }

    private DataRow row(String json) {
        JsonElement element = parse(number, json);
        if (element == null || !element.isJsonObject()) {
            throw FileText.unreadable(
                    file,
                    number,
                    "is no JSON object.",
                    cure(json, "Write {\"column\": \"value\", ...} on every line."));
        }
        Map<String, String> values = new LinkedHashMap<>();
        Set<String> noTexts = new HashSet<>();
        element.getAsJsonObject().entrySet().forEach(entry -> {
            JsonElement value = entry.getValue();
            if (!value.isJsonNull()) {
                values.put(entry.getKey(), JsonValue.text(value));
                if (!isText(value)) {
                    noTexts.add(entry.getKey());
                }
            }
        });
        return new DataRow(file.path(), number, values, noTexts);
    }

    private static boolean isText(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }

    private @Nullable JsonElement parse(long line, String json) {
        try {
            return GSON.fromJson(json, JsonElement.class);
        } catch (JsonParseException e) {
            throw FileText.unreadable(file, line, "is not valid JSON" + place(e) + ".", cure(json, CURE));
        }
    }

    /** Files of one array, or of objects over many lines, are common; jq makes lines of both. */
    private String cure(String json, String cure) {
        String start = json.strip();
        if (number == 1 && start.startsWith("[")) {
            return "It begins an array: write its objects one a line, as jq -c '.[]' does.";
        }
        return number == 1 && start.equals("{") ? "Write each object on one line, as jq -c . does." : cure;
    }

    /** Where the library stopped; what it says beside that speaks of its own settings. */
    private static String place(JsonParseException failure) {
        Matcher found = COLUMN.matcher(String.valueOf(failure.getMessage()));
        return found.find() ? " at its character " + found.group(1) : "";
    }
}
