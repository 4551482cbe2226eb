package dev.cloze.runtime.checkpoint.config;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What becomes of a key of a configuration file.
 *
 * @param treatment in one word
 * @param values what the key may be set to; the other name, where it is one of two
 * @param each whether the value is a list, each of whose elements is one of these
 */
record ConfigRule(Treatment treatment, List<JsonElement> values, boolean each) {

    /** The first words of the table's lines. */
    enum Treatment {
        /** It counts. */
        OBEYED,
        /** It changes nothing that is computed. */
        HARMLESS,
        /** It would, but isn't computed: only some values are let through. */
        REFUSED,
        /** It would, but isn't obeyed, which the log says. */
        LEFT,
        /** It is another name for a key. */
        SAME
    }

    /** Whether the value is one that makes no difference. */
    boolean allows(JsonElement value) {
        return each && value.isJsonArray()
                ? value.getAsJsonArray().asList().stream().allMatch(this::isListed)
                : value.isJsonNull() && each || isListed(value);
    }

    private boolean isListed(JsonElement value) {
        return values.stream().anyMatch(one -> same(one, value));
    }

    /** Whether two values are the same, 1 and 1.0 among them. */
    static boolean same(JsonElement one, JsonElement other) {
        boolean numbers = one.isJsonPrimitive()
                && other.isJsonPrimitive()
                && one.getAsJsonPrimitive().isNumber()
                && other.getAsJsonPrimitive().isNumber();
        return numbers ? one.getAsDouble() == other.getAsDouble() : one.equals(other);
    }

    /** The values that are let through, for messages. */
    String allowed() {
        return values.stream()
                .map(value -> value.isJsonNull() ? "no such key" : value.toString())
                .collect(Collectors.joining(" or "));
    }

    /** The key that this one is another name for. */
    String otherName() {
        return values.get(0).getAsString();
    }
}
