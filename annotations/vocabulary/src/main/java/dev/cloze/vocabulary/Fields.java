package dev.cloze.vocabulary;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one JSON object of the file, naming the section when something is missing. */
record Fields(String section, JsonObject json) {

    static Fields of(String section, JsonElement element) {
        if (!element.isJsonObject()) {
            throw new Unreadable(section + " is not a JSON object");
        }
        return new Fields(section, element.getAsJsonObject());
    }

    /** The value, or null where it is absent or null. */
    @Nullable
    JsonElement get(String name) {
        JsonElement value = json.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    JsonElement required(String name) {
        JsonElement value = get(name);
        if (value == null) {
            throw new Unreadable(section + " has no \"" + name + "\"");
        }
        return value;
    }

    String text(String name) {
        return required(name).getAsString();
    }

    String text(String name, String otherwise) {
        JsonElement value = get(name);
        return value == null ? otherwise : value.getAsString();
    }

    boolean flag(String name, boolean otherwise) {
        JsonElement value = get(name);
        return value == null ? otherwise : value.getAsBoolean();
    }

    int number(String name, int otherwise) {
        JsonElement value = get(name);
        return value == null ? otherwise : value.getAsInt();
    }

    /** The objects of a list, each with its own "type". */
    List<Fields> list(String name) {
        List<Fields> parts = new ArrayList<>();
        for (JsonElement element : required(name).getAsJsonArray()) {
            parts.add(of(section, element));
        }
        return parts;
    }
}
