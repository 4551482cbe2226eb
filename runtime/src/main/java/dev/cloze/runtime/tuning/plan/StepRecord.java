package dev.cloze.runtime.tuning.plan;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import dev.cloze.runtime.training.DataHash;
import dev.cloze.runtime.training.DurableFiles;
import dev.cloze.runtime.training.FileSum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a finished step's folder says of itself: {@code step.json} beside {@code result/}.
 *
 * @param format version of this layout
 * @param inputs what the step was made of, by name
 * @param files size and checksum of each file it wrote
 */
record StepRecord(int format, Map<String, String> inputs, Map<String, FileSum> files) {

    static final String RESULT = "result";
    private static final int FORMAT = 1;
    private static final String FILE = "step.json";
    private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

    /** Describes what was written to a folder's {@code result}, and brings all of it to the disk. */
    static void write(Path folder, Map<String, String> inputs) throws IOException {
        StepRecord written = new StepRecord(FORMAT, new TreeMap<>(inputs), sums(folder));
        Files.writeString(folder.resolve(FILE), GSON.toJson(written));
        DurableFiles.sync(folder);
    }

    /** What a folder says of itself; nothing where it is not there, not whole, or damaged. */
    static @Nullable StepRecord read(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            StepRecord read = GSON.fromJson(Files.readString(file), StepRecord.class);
            boolean whole = read != null
                    && read.format == FORMAT
                    && (Object) read.inputs != null
                    && sums(folder).equals(read.files);
            return whole ? read : null;
        } catch (JsonParseException e) {
            return null;
        }
    }

    private static Map<String, FileSum> sums(Path folder) throws IOException {
        return new TreeMap<>(FileSum.ofAll(folder, folder.resolve(RESULT)));
    }

    /** The hash of what a step is made of. */
    static String hash(Map<String, String> inputs) {
        return new StepRecord(FORMAT, inputs, Map.of()).hash();
    }

    /** The hash of what it was made of and of what it wrote. */
    String hash() {
        DataHash hash = new DataHash();
        new TreeMap<>(inputs).forEach((name, value) -> add(hash, name + "=" + value));
        new TreeMap<>(files).forEach((name, sum) -> add(hash, name + ":" + sum.bytes() + ":" + sum.crc32c()));
        return hash.hex();
    }

    private static void add(DataHash hash, String text) {
        hash.add(text.length());
        hash.add(text.chars().toArray());
    }
}
