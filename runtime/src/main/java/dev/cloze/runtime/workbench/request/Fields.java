package dev.cloze.runtime.workbench.request;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.problem.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object in a request; whatever is not as it should be is {@link Refused}. */
public final class Fields {

    private final JsonObject object;
    private final String where;

    private Fields(JsonObject object, String where) {
        this.object = object;
        this.where = where;
    }

    /** Those of a request. */
    public static Fields of(JsonObject object) {
        return new Fields(object, "The request");
    }

    /** Those of one that is written so. */
    public static Fields of(String text) {
        return of(Json.object(text));
    }

    /** Refuses fields of other names. */
    public Fields named(List<String> names) {
        for (String name : object.keySet()) {
            if (!names.contains(name)) {
                throw Refused.unreadable(where + " has a field \"" + name + "\", which it should not. "
                        + NearestName.suggestion(name, names) + "\n  It may have: " + String.join(", ", names) + ".");
            }
        }
        return this;
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** A text, where it is there. */
    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(value(name)).map(value -> text(name, value));
    }

    /** A whole number in a range, or what it is otherwise. */
    public int integer(String name, int otherwise, int least, int most) {
        return (int) whole(name, otherwise, least, most);
    }

    /** A whole number, or what it is otherwise. */
    public long whole(String name, long otherwise, long least, long most) {
        JsonElement value = value(name);
        if (value == null) {
            return otherwise;
        }
        double number = number(name, 0);
        if (number != Math.rint(number) || number < least || number > most) {
            throw Refused.unreadable(where + " has \"" + name + "\": " + value + ".\n  Write a whole number from "
                    + least + " to " + most + ".");
        }
        return (long) number;
    }

    /** A number, or what it is otherwise. */
    public double number(String name, double otherwise) {
        JsonElement value = value(name);
        if (value == null) {
            return otherwise;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw wrong(name, "a number");
        }
        return value.getAsDouble();
    }

    /** A list of texts that must be there. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        array(name).forEach(each -> texts.add(text(name, each)));
        return texts;
    }

    /** An object that must be there. */
    public Fields object(String name) {
        JsonElement value = value(name);
        if (value == null) {
            throw missing(name);
        }
        if (!value.isJsonObject()) {
            throw wrong(name, "an object: {\"name\": value, ...}");
        }
        return new Fields(value.getAsJsonObject(), "The \"" + name + "\"");
    }

    /** A list of objects that must be there. */
    public List<Fields> objects(String name) {
        List<Fields> objects = new ArrayList<>();
        for (JsonElement each : array(name)) {
            if (!each.isJsonObject()) {
                throw wrong(name, "a list of objects");
            }
            objects.add(new Fields(each.getAsJsonObject(), "Number " + (objects.size() + 1) + " of \"" + name + "\""));
        }
        return objects;
    }

    /** Lists of texts by name, in an object that must be there. */
    public Map<String, List<String>> textLists(String name) {
        Fields inner = object(name);
        Map<String, List<String>> lists = new LinkedHashMap<>();
        inner.names().forEach(each -> lists.put(each, inner.texts(each)));
        return lists;
    }

    /** All fields as texts, by name. */
    public Map<String, String> allTexts() {
        Map<String, String> texts = new LinkedHashMap<>();
        object.asMap().forEach((name, value) -> texts.put(name, text(name, value)));
        return texts;
    }

    /** The names that are there. */
    public List<String> names() {
        return List.copyOf(object.keySet());
    }

    private List<JsonElement> array(String name) {
        JsonElement value = value(name);
        if (value == null) {
            throw missing(name);
        }
        if (!value.isJsonArray()) {
            throw wrong(name, "a list: [...]");
        }
        return value.getAsJsonArray().asList();
    }

    private @Nullable JsonElement value(String name) {
        JsonElement value = object.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    private String text(String name, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw wrong(name, "a text in quotes");
        }
        return value.getAsString();
    }

    private Refused missing(String name) {
        return Refused.unreadable(where + " has no \"" + name + "\".\n  It has: "
                + (object.isEmpty() ? "nothing" : String.join(", ", object.keySet())) + ". "
                + NearestName.suggestion(name, object.keySet()));
    }

    private Refused wrong(String name, String wanted) {
        return Refused.unreadable(
                where + " has \"" + name + "\" in another form than is read.\n  Write " + wanted + ".");
    }
}
