package dev.cloze.runtime.tuning.lstm;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads files of word vectors: GloVe's text, word2vec's and fastText's text with a first line of two counts, and word2vec's
 * binary format, which has that line too and then little-endian floats behind each word.
 */
final class VectorFile implements AutoCloseable {

    private static final Pattern COUNTS = Pattern.compile("(\\d+) (\\d+)\\s*");
    private static final int LONGEST_LINE = 1 << 20;

    private final Path path;
    private final InputStream in;
    private final Map<String, float[]> vectors = new LinkedHashMap<>();
    private int size;
    private int read;

    private VectorFile(Path path, InputStream in) {
        this.path = path;
        this.in = in;
    }

    /**
     * The vectors of a file.
     *
     * @param most words that are read, from the beginning
     * @throws ClozeException {@code DATA_UNREADABLE}
     */
    static WordVectors read(Path path, int most) {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
                VectorFile file = new VectorFile(path, unzipped(path, raw))) {
            file.read(most);
            return new WordVectors(file.size, file.vectors);
        } catch (NoSuchFileException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE, "There is no file of word vectors " + path.toAbsolutePath() + ".", e);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "The word vectors " + path + " cannot be read.\n  The system says: " + e.getMessage(),
                    e);
        }
    }

    private static InputStream unzipped(Path path, InputStream raw) throws IOException {
        return path.toString().endsWith(".gz") ? new BufferedInputStream(new GZIPInputStream(raw), 1 << 16) : raw;
    }

    private void read(int most) throws IOException {
        String first = line();
        if (first == null) {
            throw unreadable("is empty");
        }
        Matcher counts = COUNTS.matcher(first);
        if (!counts.matches()) {
            size = first.stripTrailing().split(" ", -1).length - 1;
            add(first);
            lines(most);
            return;
        }
        size = Integer.parseInt(counts.group(2));
        in.mark(LONGEST_LINE);
        boolean text = isText();
        in.reset();
        if (text) {
            lines(most);
        } else {
            binary(Math.min(most, Integer.parseInt(counts.group(1))));
        }
    }

    /** Whether the next line is a word and its numbers; binary ones are no text but by a chance of nothing. */
    private boolean isText() throws IOException {
        String line = line();
        return line == null || line.stripTrailing().matches("\\S+( [-+.\\dEe]+){" + size + "}");
    }

    private void lines(int most) throws IOException {
        for (String line = read < most ? line() : null; line != null; line = read < most ? line() : null) {
            add(line);
        }
    }

    /** A word may have spaces in it, as a few of GloVe's do: its numbers are the last. */
    private void add(String line) {
        read++;
        String[] parts = line.stripTrailing().split(" ", -1);
        int word = parts.length - size;
        if (size < 1 || word < 1) {
            throw unreadable("has " + (parts.length - 1) + " numbers in the line of vector " + read + ", not " + size);
        }
        float[] vector = new float[size];
        for (int i = 0; i < size; i++) {
            vector[i] = number(parts[word + i]);
        }
        put(String.join(" ", java.util.Arrays.copyOf(parts, word)), vector);
    }

    private float number(String written) {
        try {
            return finite(Float.parseFloat(written));
        } catch (NumberFormatException e) {
            throw unreadable("has \"" + written + "\" for a number of vector " + read);
        }
    }

    private float finite(float number) {
        if (!Float.isFinite(number)) {
            throw unreadable("has " + number + " for a number of vector " + read);
        }
        return number;
    }

    private void binary(int count) throws IOException {
        byte[] bytes = new byte[4 * size];
        for (int i = 0; i < count; i++) {
            read++;
            String word = until(' ');
            if (word == null || in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
                throw new EOFException("it ends within vector " + read);
            }
            float[] vector = new float[size];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(vector);
            for (float number : vector) {
                finite(number);
            }
            put(word.strip(), vector); // the line before may end with a line feed or not
        }
    }

    private void put(String word, float[] vector) {
        vectors.putIfAbsent(word.toLowerCase(Locale.ROOT), vector);
    }

    private @Nullable String line() throws IOException {
        String line = until('\n');
        return line == null || !line.endsWith("\r") ? line : line.substring(0, line.length() - 1);
    }

    /** The text before this character, or before the end; null at the end. */
    private @Nullable String until(char end) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != end) {
            bytes.write(next);
            if (bytes.size() >= LONGEST_LINE) {
                throw unreadable("has a line or word of more than " + LONGEST_LINE + " bytes behind vector " + read);
            }
            next = in.read();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private ClozeException unreadable(String what) {
        return new ClozeException(
                Problem.DATA_UNREADABLE,
                "The file of word vectors " + path + " " + what + "."
                        + "\n  It is to be GloVe's or word2vec's text, a word and its numbers a line, or word2vec's binary"
                        + " format.");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
