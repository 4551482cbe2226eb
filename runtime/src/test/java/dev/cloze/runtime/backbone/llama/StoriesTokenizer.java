package dev.cloze.runtime.backbone.llama;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer of llama2.c: pieces with scores, of which the pair of neighbours is joined first whose joined piece
 * scores best; a character without a piece becomes its bytes.
 */
final class StoriesTokenizer {

    static final int BEGIN = 1;
    static final int END = 2;

    private static final int FIRST_BYTE = 3;

    /** In ISO 8859-1, a character for each byte, so that they can be keys. */
    private final List<String> pieces = new ArrayList<>();

    private final List<Float> scores = new ArrayList<>();
    private final Map<String, Integer> ids = new HashMap<>();

    private StoriesTokenizer() {}

    static StoriesTokenizer read(Path file) throws IOException {
        StoriesTokenizer tokenizer = new StoriesTokenizer();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.getInt(); // the longest piece
        while (bytes.hasRemaining()) {
            tokenizer.scores.add(bytes.getFloat());
            byte[] piece = new byte[bytes.getInt()];
            bytes.get(piece);
            String text = new String(piece, StandardCharsets.ISO_8859_1);
            tokenizer.ids.putIfAbsent(text, tokenizer.pieces.size());
            tokenizer.pieces.add(text);
        }
        return tokenizer;
    }

    int size() {
        return pieces.size();
    }

    /** The begin of text, then the text with a space before it. */
    int[] encode(String text) {
        List<Integer> tokens = new ArrayList<>();
        (" " + text).codePoints().forEach(character -> {
            byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
            Integer id = ids.get(new String(bytes, StandardCharsets.ISO_8859_1));
            if (id != null) {
                tokens.add(id);
            } else {
                for (byte b : bytes) {
                    tokens.add(FIRST_BYTE + Byte.toUnsignedInt(b));
                }
            }
        });
        while (joinBest(tokens)) {}
        tokens.add(0, BEGIN);
        return tokens.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean joinBest(List<Integer> tokens) {
        int at = -1;
        int best = -1;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Integer joined = ids.get(pieces.get(tokens.get(i)) + pieces.get(tokens.get(i + 1)));
            if (joined != null && (best < 0 || scores.get(joined) > scores.get(best))) {
                best = joined;
                at = i;
            }
        }
        if (at >= 0) {
            tokens.set(at, best);
            tokens.remove(at + 1);
        }
        return at >= 0;
    }

    /** The text of tokens that follow the begin of text; the space before its first word is left out. */
    String decode(int[] tokens) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int token : tokens) {
            if (token >= FIRST_BYTE && token < FIRST_BYTE + 256) {
                bytes.write(token - FIRST_BYTE);
            } else {
                bytes.writeBytes(pieces.get(token).getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        String text = bytes.toString(StandardCharsets.UTF_8);
        return text.startsWith(" ") ? text.substring(1) : text;
    }
}
