package dev.cloze.runtime.checkpoint.safetensors;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.checkpoint.file.AtomicFile;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes tensors as a safetensors file of f32; the same tensors give the same bytes. */
public final class SafetensorsWriter {

    private static final int CHUNK = 1 << 14;

    private SafetensorsWriter() {}

    /**
     * Writes the file as a whole or not at all: what was there before stays if anything fails.
     *
     * @throws ClozeException DISK_WRITE if it cannot be written
     */
    public static void write(Path file, Map<String, Tensor> tensors, Map<String, String> metadata) {
        AtomicFile.write(file, size(tensors), output -> writeTo(output, tensors, metadata));
    }

    /** Bytes that the numbers of these take. */
    public static long size(Map<String, Tensor> tensors) {
        return tensors.values().stream()
                .mapToLong(tensor -> tensor.elements() * Float.BYTES)
                .sum();
    }

    /** Writes the bytes of such a file; the stream stays open. */
    public static void writeTo(OutputStream output, Map<String, Tensor> tensors, Map<String, String> metadata)
            throws IOException {
        Map<String, Tensor> inOrder = new TreeMap<>(tensors);
        byte[] header = header(inOrder, metadata);
        output.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        output.write(header);
        for (Tensor tensor : inOrder.values()) {
            writeFloats(output, tensor.data().duplicate());
        }
    }

    /** The JSON, filled up with spaces so that the tensors begin at a multiple of 8 bytes. */
    private static byte[] header(Map<String, Tensor> tensors, Map<String, String> metadata) {
        JsonObject json = new JsonObject();
        if (!metadata.isEmpty()) {
            JsonObject notes = new JsonObject();
            new TreeMap<>(metadata).forEach(notes::addProperty);
            json.add("__metadata__", notes);
        }
        long begin = 0;
        for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            long end = begin + tensor.getValue().elements() * Float.BYTES;
            JsonObject entry = new JsonObject();
            entry.addProperty("dtype", ElementType.F32.name());
            entry.add("shape", array(tensor.getValue().shape()));
            entry.add("data_offsets", array(begin, end));
            json.add(tensor.getKey(), entry);
            begin = end;
        }
        byte[] text = new Gson().toJson(json).getBytes(StandardCharsets.UTF_8);
        byte[] padded = java.util.Arrays.copyOf(text, (text.length + 7) / 8 * 8);
        java.util.Arrays.fill(padded, text.length, padded.length, (byte) ' ');
        return padded;
    }

    private static JsonArray array(long... numbers) {
        JsonArray array = new JsonArray();
        for (long number : numbers) {
            array.add(number);
        }
        return array;
    }

    private static void writeFloats(OutputStream output, FloatBuffer data) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            int count = Math.min(CHUNK, data.remaining());
            chunk.clear().asFloatBuffer().put(data.slice(data.position(), count));
            data.position(data.position() + count);
            output.write(chunk.array(), 0, count * Float.BYTES);
        }
    }
}
