package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.zip.GZIPInputStream;

/** Reads a whole file as text and says where it cannot. */
final class FileText {

    private static final String[] NONE = {};

    private FileText() {}

    static String read(DataFile file) {
        byte[] all = bytes(file);
        ByteBuffer bytes = ByteBuffer.wrap(all);
        CharsetDecoder decoder = file.charset().newDecoder();
        CharBuffer text = CharBuffer.allocate((int) (bytes.remaining() * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(bytes, text, true);
        if (!result.isUnderflow()) {
            throw unreadable(file, line(bytes), "is not valid " + file.charset() + ".", otherEncoding(all));
        }
        String read = text.flip().toString();
        int zero = read.indexOf('\0');
        if (zero >= 0) {
            long line = 1
                    + read.chars().limit(zero).filter(letter -> letter == '\n').count();
            throw unreadable(file, line, "has a character of number zero, which no text has.", otherEncoding(all));
        }
        return read.startsWith("\uFEFF") ? read.substring(1) : read;
    }

    private static String otherEncoding(byte[] bytes) {
        Charset likely = Encodings.guess(bytes);
        return likely == null
                ? "Name the file's encoding: DataFile.of(path).withCharset(...)."
                : "It looks like " + likely + ": DataFile.of(path).withCharset(" + Encodings.expression(likely) + ").";
    }

    private static byte[] bytes(DataFile file) {
        boolean zipped = file.path().toString().endsWith(".gz");
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file.path()));
                InputStream in = zipped ? new GZIPInputStream(raw) : raw) {
            return in.readAllBytes();
        } catch (NoSuchFileException e) {
            throw new ClozeException(Problem.DATA_UNREADABLE, "There is no file " + file.path() + ".", e);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DATA_UNREADABLE,
                    "The file " + file.path() + " cannot be read.\n  The system says: " + e.getMessage(),
                    e);
        }
    }

    /** The line of the byte the decoder stopped at. */
    private static long line(ByteBuffer bytes) {
        long line = 1;
        for (int i = 0; i < bytes.position(); i++) {
            line += bytes.get(i) == '\n' ? 1 : 0;
        }
        return line;
    }

    /**
     * Lines end at line feeds, with or without a carriage return, or, where there is no line feed at all, at carriage returns; the
     * last need not end.
     */
    static String[] lines(String content) {
        if (content.isEmpty()) {
            return NONE;
        }
        String text = content.indexOf('\n') < 0 ? content.replace('\r', '\n') : content;
        String body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        String[] lines = body.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            lines[i] = lines[i].endsWith("\r") ? lines[i].substring(0, lines[i].length() - 1) : lines[i];
        }
        return lines;
    }

    static ClozeException unreadable(DataFile file, long line, String what, String cure) {
        return new ClozeException(
                Problem.DATA_UNREADABLE,
                "Line " + line + " of " + file.path().getFileName() + " " + what + "\n  The file is " + file.path()
                        + ".\n  " + cure);
    }
}
