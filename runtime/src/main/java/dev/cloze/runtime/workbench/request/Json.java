package dev.cloze.runtime.workbench.request;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON as it is read from strangers, and as it is written. */
public final class Json {

    /** No request is nested as deep; a parser that follows any depth can be made to run out of stack. */
    private static final int DEEPEST = 16;

    private static final Gson WRITER =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Json() {}

    /** A value on one line. */
    public static String write(Object value) {
        return WRITER.toJson(value);
    }

    /** The object that these bytes are, by RFC 8259 to the letter; {@link Refused} where they are none. */
    public static JsonObject object(byte[] bytes) {
        return object(text(bytes));
    }

    /** The same of a text. */
    public static JsonObject object(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setStrictness(Strictness.STRICT);
            reader.setNestingLimit(DEEPEST);
            JsonElement element = JsonParser.parseReader(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw Refused.unreadable("The request has something behind its JSON.\n  Send one object alone.");
            }
            if (!element.isJsonObject()) {
                throw Refused.unreadable("The request is no JSON object.\n  Send one: {\"name\": value, ...}.");
            }
            return element.getAsJsonObject();
        } catch (IOException | JsonParseException | NumberFormatException e) {
            throw Refused.unreadable("The request is no valid JSON.\n  " + reason(e));
        }
    }

    private static String reason(Exception e) {
        Throwable last = e.getCause() instanceof IOException inner ? inner : e;
        String said = String.valueOf(last.getMessage()).lines().findFirst().orElse("");
        int place = said.indexOf("at line ");
        int path = said.indexOf(" path ");
        String where =
                place >= 0 ? "Look " + said.substring(place, path > place ? path : said.length()) : "It breaks off";
        boolean deep = said.contains("limit");
        return where + (deep ? ", where it is nested deeper than " + DEEPEST : "") + ".";
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Refused.unreadable(
                    "The request is not UTF-8.\n  JSON is sent in UTF-8, whatever the sender's system has.");
        }
    }
}
