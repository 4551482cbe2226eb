package dev.cloze.runtime.tuning.unlabeled;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Inputs on disk as a list of the texts of their placeholders, each read when it is asked for. It is written by {@link
 * SpoolWriter}; many threads can read it.
 */
public final class TextSpool extends AbstractList<Map<String, String>> implements RandomAccess, AutoCloseable {

    static final String TEXTS = "texts.bin";
    static final String STARTS = "starts.bin";

    private final List<String> paths;
    private final FileChannel texts;
    private final FileChannel starts;
    private final int size;

    private TextSpool(List<String> paths, FileChannel texts, FileChannel starts, int size) {
        this.paths = paths;
        this.texts = texts;
        this.starts = starts;
        this.size = size;
    }

    /** Opens what was written to this folder, of inputs with these placeholders. */
    public static TextSpool open(Path folder, List<String> paths) {
        try {
            FileChannel texts = FileChannel.open(folder.resolve(TEXTS), StandardOpenOption.READ);
            FileChannel starts = FileChannel.open(folder.resolve(STARTS), StandardOpenOption.READ);
            return new TextSpool(List.copyOf(paths), texts, starts, (int) (starts.size() / Long.BYTES));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    @Override
    public Map<String, String> get(int index) {
        java.util.Objects.checkIndex(index, size);
        try {
            long start = read(starts, index * (long) Long.BYTES, Long.BYTES).getLong();
            long end = index + 1 < size
                    ? read(starts, (index + 1) * (long) Long.BYTES, Long.BYTES).getLong()
                    : texts.size();
            ByteBuffer record = read(texts, start, Math.toIntExact(end - start));
            Map<String, String> values = new LinkedHashMap<>();
            for (String path : paths) {
                byte[] text = new byte[record.getInt()];
                record.get(text);
                values.put(path, new String(text, StandardCharsets.UTF_8));
            }
            return values;
        } catch (IOException e) {
            throw unreadable(Path.of(TEXTS), e);
        }
    }

    @Override
    public int size() {
        return size;
    }

    /** Positional, so that threads don't move one another's place. */
    static ByteBuffer read(FileChannel file, long start, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, start + bytes.position()) < 0) {
                throw new IOException("the file ends too early");
            }
        }
        return bytes.flip();
    }

    static ClozeException unreadable(Path file, IOException cause) {
        return new ClozeException(
                Problem.TRAINING_CHECKPOINT,
                "What the training put on disk cannot be read: " + file + ": " + cause
                        + ".\n  Delete the checkpoint folder to start anew.",
                cause);
    }

    @Override
    public void close() {
        try {
            texts.close();
            starts.close();
        } catch (IOException e) {
            throw unreadable(Path.of(TEXTS), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
