package dev.cloze.vocabulary;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** GPT-2's splitting: words with the space before them, each byte then written as a visible character. */
record ByteLevel(boolean addPrefixSpace, PreTokenizer words) implements PreTokenizer {

    private static final String WORDS =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final char[] VISIBLE = visible();

    /** The character of each byte, as one text. */
    private static final String BY_BYTE = new String(VISIBLE);

    static ByteLevel of(boolean addPrefixSpace, boolean useRegex) {
        return new ByteLevel(
                addPrefixSpace,
                useRegex ? Pattern.regex(LibraryRegex.compile(WORDS)).splitting(Behavior.ISOLATED) : PreTokenizer.NONE);
    }

    @Override
    public List<Piece> split(Piece piece, Place place) {
        boolean prefixed =
                addPrefixSpace && place.mayPrefix(piece) && !piece.text().startsWith(" ");
        Piece whole = prefixed ? new Piece(" " + piece.text(), piece.first()) : piece;
        return words.split(whole, place).stream()
                .map(part -> new Piece(written(part.text()), part.first()))
                .toList();
    }

    /** Each UTF-8 byte of the text as a character: a space is {@code Ġ}. */
    static String written(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder written = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            written.append(VISIBLE[b & 0xFF]);
        }
        return written.toString();
    }

    /** The text that is written so; nothing where these are no bytes of a whole text. */
    static Optional<String> read(String written) {
        byte[] bytes = new byte[written.length()];
        for (int i = 0; i < bytes.length; i++) {
            int at = BY_BYTE.indexOf(written.charAt(i));
            if (at < 0) {
                return Optional.empty();
            }
            bytes[i] = (byte) at;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    /** Printable Latin-1 stands for itself; the other 68 bytes, in order, are the characters from U+0100 on. */
    private static char[] visible() {
        char[] visible = new char[256];
        char next = 0x100;
        for (int b = 0; b < 256; b++) {
            boolean printable = (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
            visible[b] = printable ? (char) b : next++;
        }
        return visible;
    }
}
