package dev.cloze.vocabulary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * The replacement table that SentencePiece compiles into its models, as a normalizer.
 *
 * <p>A double-array trie over UTF-8 bytes leads to NUL-ended replacements. What the library does with it is kept as it
 * is: a short grapheme is looked up whole and only its shortest match counts, even for the characters behind it.
 */
final class CharsMap implements Normalizer {

    private static final java.util.regex.Pattern GRAPHEME = java.util.regex.Pattern.compile("\\X");
    private static final int SHORT_GRAPHEME = 6; // bytes

    private final int[] trie;
    private final byte[] replacements;

    private CharsMap(int[] trie, byte[] replacements) {
        this.trie = trie;
        this.replacements = replacements;
    }

    /** Base64 of: the trie's size in bytes, the trie's little-endian units, the replacements. */
    static CharsMap decode(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.remaining() < Integer.BYTES || bytes.getInt(0) < 0 || bytes.getInt(0) > bytes.capacity() - 4) {
            throw new Unreadable("the precompiled_charsmap of the normalizer is cut short");
        }
        int[] trie = new int[bytes.getInt() / Integer.BYTES];
        for (int i = 0; i < trie.length; i++) {
            trie[i] = bytes.getInt();
        }
        byte[] replacements = new byte[bytes.remaining()];
        bytes.get(replacements);
        return new CharsMap(trie, replacements);
    }

    @Override
    public String normalize(String text, Place place) {
        StringBuilder normalized = new StringBuilder(text.length());
        Matcher graphemes = GRAPHEME.matcher(text);
        while (graphemes.find()) {
            append(graphemes.group(), normalized);
        }
        return normalized.toString();
    }

    private void append(String grapheme, StringBuilder normalized) {
        byte[] bytes = grapheme.getBytes(StandardCharsets.UTF_8);
        Optional<String> whole = bytes.length < SHORT_GRAPHEME ? replacement(bytes) : Optional.empty();
        if (whole.isPresent()) {
            normalized.append(whole.get());
            return;
        }
        grapheme.codePoints()
                .mapToObj(Character::toString)
                .forEach(c -> normalized.append(
                        replacement(c.getBytes(StandardCharsets.UTF_8)).orElse(c)));
    }

    /** What the shortest prefix that is in the table is replaced with. */
    private Optional<String> replacement(byte[] key) {
        int position = offset(trie[0]);
        for (byte b : key) {
            int label = b & 0xFF;
            position ^= label;
            if (label == 0 || position >= trie.length || label(trie[position]) != label) {
                return Optional.empty();
            }
            int unit = trie[position];
            position ^= offset(unit);
            if (hasLeaf(unit)) {
                return Optional.of(text(value(trie[position])));
            }
        }
        return Optional.empty();
    }

    private String text(int start) {
        int end = start;
        while (end < replacements.length && replacements[end] != 0) {
            end++;
        }
        return new String(replacements, start, end - start, StandardCharsets.UTF_8);
    }

    // The bit layout of darts-clone, whose tries these are.

    private static boolean hasLeaf(int unit) {
        return (unit >>> 8 & 1) == 1;
    }

    private static int value(int unit) {
        return unit & 0x7FFFFFFF;
    }

    private static int label(int unit) {
        return unit & 0x800000FF;
    }

    private static int offset(int unit) {
        return unit >>> 10 << ((unit & 1 << 9) >>> 6);
    }
}
