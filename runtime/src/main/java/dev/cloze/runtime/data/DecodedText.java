package dev.cloze.runtime.data;

import dev.cloze.problem.ClozeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The characters of a file as they come, without its mark; bytes that are none in its encoding are an error with the line. */
final class DecodedText extends Reader {

    private static final int BYTES = 1 << 16;

    private final DataFile file;
    private final InputStream in;
    private final CharsetDecoder decoder;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
    private final CharBuffer chars = CharBuffer.allocate(BYTES).flip();
    private long line = 1;
    private char before;
    private boolean markPassed;
    private boolean marked;
    private boolean bytesEnded;
    private boolean ended;

    DecodedText(DataFile file, InputStream in) throws IOException {
        this.file = file;
        this.in = in;
        byte[] first = in.readNBytes(Encodings.MARK);
        this.decoder = Encodings.ofMark(first, file.charset()).newDecoder();
        bytes.clear().put(first).flip();
        fill();
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (ended) {
                return -1;
            }
            decode();
        }
        int read = Math.min(length, chars.remaining());
        chars.get(target, offset, read);
        return read;
    }

    /** Whether it begins with a byte-order mark, or is not UTF-8; known once something has been read. */
    boolean marked() {
        return marked || !decoder.charset().equals(StandardCharsets.UTF_8);
    }

    private void decode() throws IOException {
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, bytesEnded);
        chars.flip();
        check();
        if (result.isError()) {
            throw unreadable("is not valid " + decoder.charset() + ".");
        }
        if (!markPassed && chars.hasRemaining()) {
            markPassed = true;
            marked = chars.get(0) == '\uFEFF';
            chars.position(marked ? 1 : 0);
        }
        if (result.isUnderflow()) {
            ended = bytesEnded;
            fill();
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        bytesEnded = read < 0;
        bytes.position(bytes.position() + Math.max(0, read));
        bytes.flip();
    }

    private void check() {
        for (int i = 0; i < chars.limit(); i++) {
            char letter = chars.get(i);
            if (letter == '\0') {
                throw unreadable("has a character of number zero, which no text has.");
            }
            line += letter == '\r' || (letter == '\n' && before != '\r') ? 1 : 0;
            before = letter;
        }
    }

    private ClozeException unreadable(String what) {
        byte[] around = Arrays.copyOf(bytes.array(), bytes.limit());
        String other = line > 1 ? null : ForeignFiles.remark(around);
        return FileText.unreadable(file, line, what, other == null ? encoding(around) : other);
    }

    private static String encoding(byte[] around) {
        Charset likely = Encodings.guess(around);
        return likely == null
                ? "Correct it, or name the file's encoding: DataFile.of(path).withCharset(...)."
                : "It looks like " + likely + ": DataFile.of(path).withCharset(" + Encodings.expression(likely) + ").";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
