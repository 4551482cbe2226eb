package dev.cloze.quarkus.dev;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;

/** Inputs of tasks as JSON, as developers type them; by reflection, which dev mode alone needs. */
final class InputJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().serializeNulls().create();

    private InputJson() {}

    /** An object with the fields of the class: texts are empty, anything else is null. */
    static String empty(Class<?> type) {
        JsonObject object = new JsonObject();
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                JsonElement value = field.getType() == String.class ? new JsonPrimitive("") : JsonNull.INSTANCE;
                object.add(field.getName(), value);
            }
        }
        return GSON.toJson(object);
    }

    /** An input of the class. */
    static Object read(String json, Class<?> type) {
        Object input = GSON.fromJson(json, type);
        if (input == null) {
            throw new JsonParseException("there is no input");
        }
        return input;
    }
}
