package dev.cloze.runtime.checkpoint.safetensors;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the JSON of a safetensors header, token by token, so that a hostile one costs no more than its own size. */
final class SafetensorsHeaderReader {

    private static final int MOST_AXES = 64;

    private final Path file;
    private final JsonReader json;
    private final Map<String, SafetensorsHeader.Entry> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    SafetensorsHeaderReader(Path file, JsonReader json) {
        this.file = file;
        this.json = json;
    }

    SafetensorsHeader header() throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            if (name.equals("__metadata__")) {
                readMetadata();
            } else if (tensors.put(name, entry(name)) != null) {
                throw Damaged.file(file, "it names the tensor \"" + name + "\" twice");
            }
        }
        json.endObject();
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw Damaged.file(file, "its header goes on after its JSON has ended");
        }
        return new SafetensorsHeader(tensors, metadata);
    }

    private void readMetadata() throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            metadata.put(json.nextName(), json.nextString());
        }
        json.endObject();
    }

    private SafetensorsHeader.Entry entry(String name) throws IOException {
        @Nullable String type = null;
        long @Nullable [] shape = null;
        long @Nullable [] offsets = null;
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "dtype" -> type = json.nextString();
                case "shape" -> shape = numbers(name);
                case "data_offsets" -> offsets = numbers(name);
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (type == null || shape == null || offsets == null || offsets.length != 2) {
            throw Damaged.file(file, "the tensor \"" + name + "\" has not dtype, shape and two data_offsets");
        }
        return checked(name, type, shape, offsets[0], offsets[1]);
    }

    /** Whole numbers that are not negative. */
    private long[] numbers(String name) throws IOException {
        long[] numbers = new long[MOST_AXES];
        int count = 0;
        json.beginArray();
        while (json.hasNext()) {
            long number = json.nextLong();
            if (number < 0) {
                throw Damaged.file(file, "the tensor \"" + name + "\" has the negative length or offset " + number);
            }
            if (count == MOST_AXES) {
                throw Damaged.file(file, "the tensor \"" + name + "\" has more than " + MOST_AXES + " axes");
            }
            numbers[count++] = number;
        }
        json.endArray();
        return java.util.Arrays.copyOf(numbers, count);
    }

    private SafetensorsHeader.Entry checked(String name, String typeName, long[] shape, long begin, long end) {
        ElementType type = ElementType.ofSafetensors(typeName)
                .orElseThrow(() -> new ClozeException(
                        Problem.CHECKPOINT_TYPE,
                        "The tensor \"" + name + "\" of " + file + " has the type " + typeName
                                + ", which cannot be read.\n  Readable are F32, F16, BF16 and F64 (weights) and integers (buffers).\n  "
                                + "Save the model with one of these types, for example model.to(torch.float32)."));
        try {
            long bytes = type.bytes();
            for (long axis : shape) {
                bytes = Math.multiplyExact(bytes, axis);
            }
            if (end - begin != bytes) {
                throw Damaged.file(
                        file,
                        "the tensor \"" + name + "\" of shape " + java.util.Arrays.toString(shape) + " and type "
                                + typeName + " needs " + bytes + " bytes and is given " + (end - begin));
            }
        } catch (ArithmeticException e) {
            throw Damaged.file(
                    file,
                    "the shape " + java.util.Arrays.toString(shape) + " of \"" + name + "\" is beyond all bounds",
                    e);
        }
        return new SafetensorsHeader.Entry(type, shape, begin, end);
    }
}
