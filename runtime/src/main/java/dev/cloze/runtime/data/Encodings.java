package dev.cloze.runtime.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.mozilla.universalchardet.UniversalDetector;

/** Guesses how a file is encoded that is not what it was said to be. */
final class Encodings {

    /** What programs write that know no Unicode: the detector takes it for the first of these, which has no quotes or euros. */
    private static final Set<String> WESTERN = Set.of("ISO-8859-1", "ISO-8859-15", "WINDOWS-1252", "US-ASCII");

    /** A file in UTF-16 may begin with one of these pairs of bytes. */
    private static final Set<Integer> MARKS = Set.of(0xFEFF, 0xFFFE);

    /** How long such a pair is, in bytes. */
    static final int MARK = 2;

    private Encodings() {}

    /**
     * UTF-16 where the bytes begin with its mark, as Excel's "Unicode Text" does: no text in UTF-8 begins so.
     *
     * @param beginning the file's first bytes
     * @param said how the file is said to be encoded
     */
    static Charset ofMark(byte[] beginning, Charset said) {
        return said.equals(StandardCharsets.UTF_8) && isMarked(beginning) ? StandardCharsets.UTF_16 : said;
    }

    private static boolean isMarked(byte[] bytes) {
        return bytes.length >= MARK && MARKS.contains(((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF));
    }

    /** The likely encoding; null where nothing speaks for one. */
    static @Nullable Charset guess(byte[] bytes) {
        Charset wide = wide(bytes);
        if (wide != null) {
            return wide;
        }
        if (new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0) {
            return null;
        }
        UniversalDetector detector = new UniversalDetector();
        detector.handleData(bytes, 0, bytes.length);
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        if (name == null || WESTERN.contains(name)) {
            return Charset.forName(endsLinesAsOldMacs(bytes) ? "x-MacRoman" : "windows-1252");
        }
        return Charset.isSupported(name) ? Charset.forName(name) : null;
    }

    /** UTF-16 by its mark, by the zeros that most letters have there, or by its line ends. */
    private static @Nullable Charset wide(byte[] bytes) {
        if (isMarked(bytes)) {
            return StandardCharsets.UTF_16;
        }
        int[] zeros = new int[2];
        int[] lineEnds = new int[2];
        for (int i = 0; i + 1 < bytes.length; i++) {
            zeros[i % 2] += bytes[i] == 0 ? 1 : 0;
            lineEnds[0] += i % 2 == 0 && bytes[i] == 0 && bytes[i + 1] == '\n' ? 1 : 0;
            lineEnds[1] += i % 2 == 0 && bytes[i] == '\n' && bytes[i + 1] == 0 ? 1 : 0;
        }
        int more = zeros[0] > zeros[1] ? 0 : 1;
        boolean many = zeros[more] * 8 >= bytes.length && zeros[1 - more] * 4 <= zeros[more];
        if (!many && lineEnds[more] == 0) {
            return null;
        }
        return more == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }

    /** Excel still writes "CSV (Macintosh)" so. */
    private static boolean endsLinesAsOldMacs(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return text.indexOf('\r') >= 0 && text.indexOf('\n') < 0;
    }

    /** As source code names it. */
    static String expression(Charset charset) {
        boolean standard = Set.of(
                        StandardCharsets.UTF_8,
                        StandardCharsets.UTF_16,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE)
                .contains(charset);
        return standard
                ? "StandardCharsets." + charset.name().replace('-', '_')
                : "Charset.forName(\"" + charset.name() + "\")";
    }
}
