package dev.cloze.runtime.tuning.unlabeled;

import dev.cloze.runtime.tuning.LabelAnswer;
import dev.cloze.runtime.tuning.LabelAnswers;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.function.IntConsumer;

/** Raw label scores of texts on disk, one row a text, each read when it is asked for; many threads can read it. */
public final class ScoreFile extends AbstractList<float[]> implements RandomAccess, AutoCloseable {

    /** Texts whose answers are in memory at a time. */
    private static final int CHUNK = 512;

    private final Path file;
    private final FileChannel scores;
    private final int labels;
    private final int size;

    private ScoreFile(Path file, FileChannel scores, int labels) throws IOException {
        this.file = file;
        this.scores = scores;
        this.labels = labels;
        this.size = Math.toIntExact(scores.size() / rowBytes());
    }

    /** Opens what was written. */
    public static ScoreFile open(Path file, int labels) {
        try {
            return new ScoreFile(file, FileChannel.open(file, StandardOpenOption.READ), labels);
        } catch (IOException e) {
            throw TextSpool.unreadable(file, e);
        }
    }

    /** Writes what is answered to these texts. */
    public static void write(Path file, List<Map<String, String>> texts, LabelAnswers answers) throws IOException {
        write(file, texts, answers, done -> {});
    }

    /** The same, telling how many texts have been answered. */
    public static void write(Path file, List<Map<String, String>> texts, LabelAnswers answers, IntConsumer told)
            throws IOException {
        try (DataOutputStream out = writer(file)) {
            for (int from = 0; from < texts.size(); from += CHUNK) {
                List<Map<String, String>> chunk = texts.subList(from, Math.min(texts.size(), from + CHUNK));
                for (LabelAnswer answer : answers.answer(chunk)) {
                    writeRow(out, answer.scores());
                }
                told.accept(from + chunk.size());
            }
        }
    }

    /** Writes rows that are computed as they are asked for. */
    public static void write(Path file, List<float[]> rows) throws IOException {
        try (DataOutputStream out = writer(file)) {
            for (float[] row : rows) {
                writeRow(out, row);
            }
        }
    }

    private static DataOutputStream writer(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }

    private static void writeRow(DataOutputStream out, float[] row) throws IOException {
        for (float score : row) {
            out.writeFloat(score);
        }
    }

    @Override
    public float[] get(int index) {
        java.util.Objects.checkIndex(index, size);
        try {
            ByteBuffer bytes = TextSpool.read(scores, index * rowBytes(), (int) rowBytes());
            float[] row = new float[labels];
            bytes.asFloatBuffer().get(row);
            return row;
        } catch (IOException e) {
            throw TextSpool.unreadable(file, e);
        }
    }

    private long rowBytes() {
        return (long) labels * Float.BYTES;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void close() {
        try {
            scores.close();
        } catch (IOException e) {
            throw TextSpool.unreadable(file, e);
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
