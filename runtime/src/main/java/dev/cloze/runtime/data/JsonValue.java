package dev.cloze.runtime.data;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import java.util.Objects;
import java.util.Optional;

/** Values of JSON as texts. */
final class JsonValue {

    private JsonValue() {}

    /** A string, number or truth value as its text, anything else as JSON. */
    static String text(JsonElement value) {
        return value.isJsonPrimitive() ? value.getAsString() : value.toString();
    }

    /**
     * What stands in an object.
     *
     * @param json of it; what is no object has nothing in it
     * @param path names, each of an object's member, with dots between
     */
    static Optional<String> within(String json, String path) {
        JsonElement value = JsonParser.parseString(json);
        for (String name : path.split("\\.", -1)) {
            JsonElement member = value.isJsonObject() ? value.getAsJsonObject().get(name) : null;
            value = Objects.requireNonNullElse(member, JsonNull.INSTANCE);
        }
        return value.isJsonNull() ? Optional.empty() : Optional.of(text(value));
    }
}
