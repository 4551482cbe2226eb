package dev.cloze.vocabulary.folder;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** What the version of transformers that wrote a file ({@code transformers_version}) says of it. */
public final class TransformersVersion {

    private static final int NEWER = 5;

    private TransformersVersion() {}

    /** Whether a configuration says that transformers 5 or a later one has written it. */
    public static boolean isFive(JsonObject config) {
        return config.get("transformers_version") instanceof JsonPrimitive version && isFive(version.getAsString());
    }

    /** Whether {@code 5.1.0} is of transformers 5 or of a later one. */
    private static boolean isFive(String version) {
        int dot = version.indexOf('.');
        String major = dot < 0 ? version : version.substring(0, dot);
        return major.matches("[0-9]{1,4}") && Integer.parseInt(major) >= NEWER;
    }
}
