package dev.cloze.vocabulary;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/**
 * JSON at which the tokenizers library ends the process, wherever in the file it stands: numbers that no double holds, such as
 * 1e400, and what is nested deeper than its parser goes, 128.
 */
final class LibraryJson {

    private static final int DEEPEST = 64;

    /** Digits that a double can have in front of its point. */
    private static final int DIGITS = 300;

    private LibraryJson() {}

    /** Refuses it with what is wrong. */
    static void check(JsonElement file) {
        check(file, 0);
    }

    private static void check(JsonElement element, int depth) {
        if (depth > DEEPEST) {
            throw new Unreadable("it is nested deeper than " + DEEPEST);
        }
        if (element instanceof JsonObject object) {
            object.asMap().values().forEach(inner -> check(inner, depth + 1));
        } else if (element instanceof JsonArray array) {
            array.forEach(inner -> check(inner, depth + 1));
        } else if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            number(primitive.getAsString());
        }
    }

    private static void number(String number) {
        boolean may = number.length() > DIGITS || number.indexOf('e') >= 0 || number.indexOf('E') >= 0;
        if (may && Double.isInfinite(Double.parseDouble(number))) {
            throw new Unreadable("it has the number " + number.substring(0, Math.min(20, number.length()))
                    + (number.length() > 20 ? "..." : "") + ", which is out of range");
        }
    }
}
