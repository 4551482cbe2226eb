package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a file as text, a part after another, and says where it cannot. */
final class FileText implements AutoCloseable {

    /** How far is looked ahead for what ends a line and what stands between values, in characters. */
    static final int HEAD = 1 << 16;

    /** How gzip's files begin. */
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};

    private final DataFile file;
    private final DecodedText decoded;
    private final BufferedReader reader;
    private final String head;
    private final char lineEnd;

    private FileText(DataFile file, InputStream in) throws IOException {
        this.file = file;
        this.decoded = new DecodedText(file, in);
        this.reader = new BufferedReader(decoded);
        this.head = head(reader);
        this.lineEnd = head.indexOf('\n') < 0 && head.indexOf('\r') >= 0 ? '\r' : '\n';
    }

    /** The file's text, unzipped where gzip made it; who opens it closes it. */
    static FileText open(DataFile file) {
        return opened(file, () -> {
            if (Files.isDirectory(file.path())) {
                throw new ClozeException(
                        Problem.DATA_UNREADABLE, file.path() + " is a folder.\n  Name a file that is in it.");
            }
            return unzipped(Files.newInputStream(file.path()));
        });
    }

    /** By what it holds: browsers unzip what they download, and leave its name. */
    private static InputStream unzipped(InputStream raw) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw);
        in.mark(GZIP.length);
        byte[] first = in.readNBytes(GZIP.length);
        in.reset();
        return Arrays.equals(first, GZIP) ? new GZIPInputStream(in) : in;
    }

    /** The text of these bytes, which stand for the file's. */
    static FileText of(DataFile file, InputStream in) {
        return opened(file, () -> unzipped(in));
    }

    private interface Bytes {
        InputStream open() throws IOException;
    }

    private static FileText opened(DataFile file, Bytes bytes) {
        try {
            return of(file, bytes);
        } catch (NoSuchFileException e) {
            throw new ClozeException(Problem.DATA_UNREADABLE, "There is no file " + file.path() + ".", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static FileText of(DataFile file, Bytes bytes) throws IOException {
        InputStream in = bytes.open();
        try {
            return new FileText(file, in);
        } catch (IOException | RuntimeException e) {
            try (in) {
                throw e;
            }
        }
    }

    private static String head(BufferedReader reader) throws IOException {
        reader.mark(HEAD + 1);
        char[] first = new char[HEAD];
        int length = 0;
        for (int read = 0; read >= 0 && length < HEAD; read = reader.read(first, length, HEAD - length)) {
            length += read;
        }
        reader.reset();
        return new String(first, 0, length);
    }

    /** How the text begins. */
    String head() {
        return head;
    }

    /** Whether it begins with a byte-order mark, or is not UTF-8. */
    boolean marked() {
        return decoded.marked();
    }

    /** What follows. */
    BufferedReader reader() {
        return reader;
    }

    /** Passes over so many characters. */
    void skip(int count) {
        try {
            for (long left = count; left > 0; ) {
                left -= reader.skip(left);
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * The next line without its end, or null behind the last one. Lines end at line feeds, with or without a carriage return,
     * or, where there is no line feed, at carriage returns; the last need not end.
     */
    @Nullable
    String line() {
        try {
            return next();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private @Nullable String next() throws IOException {
        StringBuilder line = new StringBuilder();
        int letter = reader.read();
        if (letter < 0) {
            return null;
        }
        while (letter >= 0 && letter != lineEnd) {
            line.append((char) letter);
            letter = reader.read();
        }
        int last = line.length() - 1;
        if (lineEnd == '\n' && last >= 0 && line.charAt(last) == '\r') {
            line.setLength(last);
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ClozeException unreadable(DataFile file, IOException failure) {
        boolean damaged = failure instanceof EOFException || failure instanceof ZipException;
        return new ClozeException(
                Problem.DATA_UNREADABLE,
                "The file " + file.path() + " cannot be read.\n  "
                        + (damaged
                                ? "It was zipped by gzip, and is cut off or damaged: copy or download it anew."
                                : "The system says: " + failure.getMessage()),
                failure);
    }

    static ClozeException unreadable(DataFile file, long line, String what, String cure) {
        return new ClozeException(
                Problem.DATA_UNREADABLE,
                "Line " + line + " of " + file.path().getFileName() + " " + what + "\n  The file is " + file.path()
                        + ".\n  " + cure);
    }
}
