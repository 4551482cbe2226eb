package dev.cloze.runtime.tuning.soft;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;

/** What PEFT and transformers compute, see {@code soft_goldens.py}. */
public final class SoftGoldens {

    private SoftGoldens() {}

    /** A file of the folder. */
    public static JsonObject read(String file) throws IOException {
        return JsonParser.parseString(Files.readString(TinyBackbones.folder("soft/" + file)))
                .getAsJsonObject();
    }

    /** A list of numbers. */
    public static float[] floats(JsonElement json) {
        float[] values = new float[json.getAsJsonArray().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = json.getAsJsonArray().get(i).getAsFloat();
        }
        return values;
    }
}
