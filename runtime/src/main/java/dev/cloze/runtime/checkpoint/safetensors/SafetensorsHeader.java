package dev.cloze.runtime.checkpoint.safetensors;

import com.google.gson.stream.JsonReader;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.tensor.ElementType;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What the head of a safetensors file says: which tensors there are and where.
 *
 * @param tensors each tensor by name
 * @param metadata the file's own notes
 */
record SafetensorsHeader(Map<String, Entry> tensors, Map<String, String> metadata) {

    /** As many bytes as the reference implementation allows. */
    static final int LIMIT = 100_000_000;

    /** A tensor: its elements lie from {@code begin} to {@code end} of the bytes after the header. */
    record Entry(ElementType type, long[] shape, long begin, long end) {}

    /** Reads and checks a header's text; the data after it has {@code dataBytes} bytes. */
    static SafetensorsHeader parse(Path file, ByteBuffer text, long dataBytes) {
        try (JsonReader json = new JsonReader(new StringReader(
                StandardCharsets.UTF_8.newDecoder().decode(text).toString()))) {
            SafetensorsHeader header = new SafetensorsHeaderReader(file, json).header();
            header.checkLayout(file, dataBytes);
            return header;
        } catch (CharacterCodingException e) {
            throw Damaged.file(file, "its header is not UTF-8 text", e);
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw Damaged.file(file, "its header is not the JSON of a safetensors file", e);
        }
    }

    /** The tensors must fill the data without a gap or an overlap, as the format demands. */
    private void checkLayout(Path file, long dataBytes) {
        List<Map.Entry<String, Entry>> inOrder = new ArrayList<>(tensors.entrySet());
        inOrder.sort(Comparator.comparingLong(
                        (Map.Entry<String, Entry> e) -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long reached = 0;
        String before = "the header";
        for (Map.Entry<String, Entry> tensor : inOrder) {
            Entry entry = tensor.getValue();
            if (entry.end() > dataBytes) {
                throw Damaged.file(
                        file,
                        "the tensor \"" + tensor.getKey() + "\" ends at byte " + entry.end()
                                + " of its data, which has " + dataBytes + " (a file cut short has this)");
            }
            if (entry.begin() < reached) {
                throw Damaged.file(file, "the tensor \"" + tensor.getKey() + "\" overlaps " + before);
            }
            if (entry.begin() > reached) {
                throw Damaged.file(
                        file,
                        "there are " + (entry.begin() - reached) + " unused bytes before \"" + tensor.getKey() + "\"");
            }
            reached = entry.end();
            before = "\"" + tensor.getKey() + "\"";
        }
        if (reached != dataBytes) {
            throw Damaged.file(file, "there are " + (dataBytes - reached) + " unused bytes after the last tensor");
        }
    }
}
