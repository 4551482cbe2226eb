package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
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
        ByteBuffer bytes = ByteBuffer.wrap(bytes(file));
        CharsetDecoder decoder = file.charset().newDecoder();
        CharBuffer text = CharBuffer.allocate((int) (bytes.remaining() * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(bytes, text, true);
        if (!result.isUnderflow()) {
            throw unreadable(
                    file,
                    line(bytes),
                    "is not valid " + file.charset() + ".",
                    "Name the file's encoding: DataFile.of(path).withCharset(StandardCharsets.ISO_8859_1).");
        }
        String all = text.flip().toString();
        return all.startsWith("\uFEFF") ? all.substring(1) : all;
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

    /** Lines end at line feeds, with or without a carriage return; the last need not end. */
    static String[] lines(String text) {
        if (text.isEmpty()) {
            return NONE;
        }
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
