package dev.cloze.runtime.backbone;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.vocabulary.folder.TransformersVersion;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads numbers from a config.json, each by its published key, and says by that key what is wrong with one. */
public final class ConfigReader {

    private final JsonObject json;

    public ConfigReader(JsonObject json) {
        this.json = json;
    }

    /** A whole number of at least 1, which must be there. */
    public int size(String key) {
        JsonElement value = present(key);
        if (value == null) {
            throw wrong("config.json has no " + key + ". " + NearestName.suggestion(key, json.keySet()));
        }
        return atLeast(1, key, number(key, value));
    }

    /** The same, or that number where the key is missing. */
    public int size(String key, int otherwise) {
        return present(key) == null ? otherwise : size(key);
    }

    /** A whole number of at least 0, or that number where the key is missing. */
    public int count(String key, int otherwise) {
        JsonElement value = present(key);
        return value == null ? otherwise : atLeast(0, key, number(key, value));
    }

    /** A rate from 0 to below 1, or that rate where the key is missing. */
    public double rate(String key, double otherwise) {
        JsonElement value = present(key);
        double rate = value == null ? otherwise : number(key, value);
        if (!(rate >= 0 && rate < 1)) {
            throw wrong("config.json gives " + key + " = " + value + ", but it is a rate: 0 or more, below 1.");
        }
        return rate;
    }

    /** A number above 0, or that number where the key is missing. */
    public double positive(String key, double otherwise) {
        JsonElement value = present(key);
        double found = value == null ? otherwise : number(key, value);
        if (!(found > 0) || Double.isInfinite(found)) {
            throw wrong("config.json gives " + key + " = " + value + ", but it is a number above 0.");
        }
        return found;
    }

    /** A number of at least 0, or 0 where the key is missing. */
    public double amount(String key) {
        return amount(key, 0);
    }

    /** The same, or that number where the key is missing. */
    public double amount(String key, double otherwise) {
        JsonElement value = present(key);
        double found = value == null ? otherwise : number(key, value);
        if (!(found >= 0) || Double.isInfinite(found)) {
            throw wrong("config.json gives " + key + " = " + value + ", but it is a number of at least 0.");
        }
        return found;
    }

    /** A list of whole numbers of at least 0, or one alone; empty where the key is missing. */
    public int[] counts(String key) {
        JsonElement value = present(key);
        if (value == null) {
            return new int[0];
        }
        if (!value.isJsonArray()) {
            return new int[] {atLeast(0, key, number(key, value))};
        }
        int[] counts = new int[value.getAsJsonArray().size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = atLeast(0, key, number(key, value.getAsJsonArray().get(i)));
        }
        return counts;
    }

    /** The numbers under a key that holds an object; null where the key is missing. */
    public @Nullable ConfigReader inside(String key) {
        JsonElement value = present(key);
        if (value == null) {
            return null;
        }
        if (!value.isJsonObject()) {
            throw wrong("config.json gives " + key + " = " + value + ", but it is an object.");
        }
        return new ConfigReader(value.getAsJsonObject());
    }

    /** All keys. */
    public Set<String> keys() {
        return json.keySet();
    }

    /** Whether the key holds an object. */
    public boolean holdsObject(String key) {
        return present(key) instanceof JsonObject;
    }

    /** Whether the key is there, be it null. */
    public boolean mentions(String key) {
        return json.has(key);
    }

    /** Whether transformers 5 or a later one has written it; an older one where it doesn't say. */
    public boolean isOfTransformers5() {
        return TransformersVersion.isFive(json);
    }

    /** Whether the key is there, and not null. */
    public boolean has(String key) {
        return present(key) != null;
    }

    /** A number above 0, which must be there. */
    public double required(String key) {
        if (present(key) == null) {
            throw wrong("config.json has no " + key + ". " + NearestName.suggestion(key, json.keySet()));
        }
        return positive(key, 0);
    }

    /** True or false, or that value where the key is missing. */
    public boolean flag(String key, boolean otherwise) {
        JsonElement value = present(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw wrong("config.json gives " + key + " = " + value + ", but it is true or false.");
        }
        return value.getAsBoolean();
    }

    /** A text, or that text where the key is missing. */
    public String text(String key, String otherwise) {
        JsonElement value = present(key);
        if (value == null) {
            return otherwise;
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw wrong("config.json gives " + key + " = " + value + ", but it is a text.");
        }
        return value.getAsString();
    }

    /** Stops where heads don't divide the width. */
    public void divides(String heads, int of, String width, int by) {
        if (by % of != 0) {
            throw wrong(
                    "config.json gives " + heads + " = " + of + ", which doesn't divide " + width + " = " + by + ".");
        }
    }

    private @Nullable JsonElement present(String key) {
        JsonElement value = json.get(key);
        return value == null || value.isJsonNull() ? null : value;
    }

    private static double number(String key, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isNumber()) {
            throw wrong("config.json gives " + key + " = " + value + ", but it is a number.");
        }
        return value.getAsDouble();
    }

    private static int atLeast(int least, String key, double value) {
        if (value != Math.rint(value) || value < least || value > 1 << 28) {
            throw wrong("config.json gives " + key + " = " + value + ", but it is a whole number of at least " + least
                    + ".");
        }
        return (int) value;
    }

    private static ClozeException wrong(String sentence) {
        return new ClozeException(Problem.MODEL_CONFIG, sentence);
    }
}
