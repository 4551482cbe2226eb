package dev.cloze.runtime.search;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.tuning.plan.FinishedStep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a step of a search leaves on disk: one value as JSON. */
public final class FoundFile {

    private static final String NAME = "found.json";
    private static final Gson GSON = new GsonBuilder()
            .serializeSpecialFloatingPointValues()
            .disableHtmlEscaping()
            .setPrettyPrinting()
            .create();

    private FoundFile() {}

    /** Writes it to the folder that a step leaves. */
    public static void write(Path result, Object value) throws IOException {
        Files.writeString(result.resolve(NAME), GSON.toJson(value));
    }

    /** What a step wrote. */
    public static <T> T read(FinishedStep step, Class<T> type) {
        Path file = step.file(NAME);
        try {
            return GSON.fromJson(Files.readString(file), type);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.TRAINING_CHECKPOINT, "What the search put on disk cannot be read: " + file + ".", e);
        }
    }
}
