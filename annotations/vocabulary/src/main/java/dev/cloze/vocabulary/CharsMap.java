package dev.cloze.vocabulary;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.BitSet;
import java.util.Deque;
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

    private static final BitSet EXTENDING = CharacterTables.of("extending");
    private static final char FIRST_MARK = '\u0300';
    private static final char ZERO_WIDTH_JOINER = '\u200D';

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
        CharsMap map = new CharsMap(trie, replacements);
        if (trie.length == 0 || !isText(replacements) || !map.staysInside()) {
            throw new Unreadable("the precompiled_charsmap of the normalizer is damaged");
        }
        return map;
    }

    private static boolean isText(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** Whether no text leads out of the trie, or to anything but the beginning of a character of the replacements. */
    private boolean staysInside() {
        BitSet seen = new BitSet();
        Deque<Integer> positions = new ArrayDeque<>();
        positions.add(offset(trie[0]));
        while (!positions.isEmpty()) {
            int position = positions.remove();
            for (int label = 1; label < 256; label++) {
                int node = position ^ label;
                if (node >= trie.length) {
                    return false;
                }
                if (label(trie[node]) == label) {
                    int next = node ^ offset(trie[node]);
                    if (hasLeaf(trie[node]) && !(next < trie.length && beginsCharacter(value(trie[next])))) {
                        return false;
                    }
                    if (!seen.get(next)) {
                        seen.set(next);
                        positions.add(next);
                    }
                }
            }
        }
        return true;
    }

    private boolean beginsCharacter(int place) {
        return place < replacements.length && (replacements[place] & 0xC0) != 0x80;
    }

    @Override
    public String normalize(String text, Place place) {
        StringBuilder normalized = new StringBuilder(text.length());
        Matcher graphemes = GRAPHEME.matcher(seenByLibrary(text));
        while (graphemes.find()) {
            append(text.substring(graphemes.start(), graphemes.end()), normalized);
        }
        return normalized.toString();
    }

    /** Of equal length, with characters that Java and the library do not both join to the one before told apart. */
    private static String seenByLibrary(String text) {
        StringBuilder seen = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean joins = EXTENDING.get(c);
            if (c >= FIRST_MARK && joins != isMark(c) && !Character.isSurrogate(c) && c != ZERO_WIDTH_JOINER) {
                seen = seen == null ? new StringBuilder(text) : seen;
                seen.setCharAt(i, joins ? FIRST_MARK : 'x');
            }
        }
        return seen == null ? text : seen.toString();
    }

    private static boolean isMark(char c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
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
