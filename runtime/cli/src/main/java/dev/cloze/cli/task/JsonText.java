package dev.cloze.cli.task;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;

/**
 * A value that was no text where it was read: it is the same again where JSON is written, and the text it was read as elsewhere.
 *
 * @param text of a number, a truth value, a list or an object; empty for null
 */
record JsonText(String text) {

    /** What it says; what JSON has no number for, such as NaN, is a text. */
    JsonElement element() {
        return JsonParser.parseString(text);
    }

    @Override
    public String toString() {
        return text;
    }
}
