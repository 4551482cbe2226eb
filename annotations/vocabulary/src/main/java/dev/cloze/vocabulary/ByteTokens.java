package dev.cloze.vocabulary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Tokens such as {@code <0xE2>} that spell what the vocabulary lacks, byte by byte. */
final class ByteTokens {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private ByteTokens() {}

    /** Appends one id a UTF-8 byte and returns true, or nothing and false if a byte has no token. */
    static boolean addAll(String text, Map<String, Integer> ids, List<Integer> out) {
        List<Integer> spelled = new ArrayList<>();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            Integer id = ids.get("<0x" + HEX.toHexDigits(b) + ">");
            if (id == null) {
                return false;
            }
            spelled.add(id);
        }
        return out.addAll(spelled);
    }
}
