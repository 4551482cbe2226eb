package dev.cloze.runtime.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.Map;

/**
 * Writes JSON for the native library. Gson's own writer takes as long as all else that opens a tokenizer: it goes through a
 * vocabulary character by character, which a JVM that has just started does slowly.
 */
final class JsonText {

    private final StringBuilder text = new StringBuilder(1 << 16);

    private JsonText() {}

    static String of(JsonElement element) {
        JsonText json = new JsonText();
        json.write(element);
        return json.text.toString();
    }

    private void write(JsonElement element) {
        if (element.isJsonObject()) {
            char before = '{';
            for (Map.Entry<String, JsonElement> member :
                    element.getAsJsonObject().asMap().entrySet()) {
                text.append(before);
                quote(member.getKey());
                text.append(':');
                write(member.getValue());
                before = ',';
            }
            text.append(before == '{' ? "{}" : "}");
        } else if (element.isJsonArray()) {
            char before = '[';
            for (JsonElement each : element.getAsJsonArray()) {
                text.append(before);
                write(each);
                before = ',';
            }
            text.append(before == '[' ? "[]" : "]");
        } else if (element instanceof JsonPrimitive primitive) {
            primitive(primitive);
        } else {
            text.append("null");
        }
    }

    private void primitive(JsonPrimitive primitive) {
        if (primitive.isString()) {
            quote(primitive.getAsString());
        } else {
            text.append(primitive.getAsString()); // true, false, and numbers as they were read
        }
    }

    private void quote(String string) {
        text.append('"');
        int written = 0;
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                text.append(string, written, i).append(c < ' ' ? "\\u%04x".formatted((int) c) : "\\" + c);
                written = i + 1;
            }
        }
        text.append(string, written, string.length()).append('"');
    }
}
