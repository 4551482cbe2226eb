package dev.cloze.runtime.generation;

import com.google.gson.JsonObject;
import dev.cloze.runtime.tokenizer.Tokenizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A byte-level tokenizer: token 0 ends a text, token 1 + b is the byte b, then come some pairs of bytes. */
final class ByteTokens {

    static final int VOCABULARY = 260;

    private static final String[] PAIRS = {"s t", "o p", "d o"};

    private ByteTokens() {}

    /** Writes its files into the folder and opens it. */
    static Tokenizer open(Path folder) {
        JsonObject vocabulary = new JsonObject();
        vocabulary.addProperty("<|endoftext|>", 0);
        for (int b = 0; b < 256; b++) {
            vocabulary.addProperty(Character.toString(shown(b)), 1 + b);
        }
        List<String> merges = new ArrayList<>(List.of("#version: 0.2"));
        for (int i = 0; i < PAIRS.length; i++) {
            vocabulary.addProperty(PAIRS[i].replace(" ", ""), 257 + i);
            merges.add(PAIRS[i]);
        }
        try {
            Files.writeString(folder.resolve("vocab.json"), vocabulary.toString());
            Files.writeString(folder.resolve("merges.txt"), String.join("\n", merges) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Tokenizer.open(folder);
    }

    /** The character that stands for a byte in such vocabularies. */
    private static int shown(int b) {
        if (printable(b)) {
            return b;
        }
        int code = 256;
        for (int other = 0; other < b; other++) {
            if (!printable(other)) {
                code++;
            }
        }
        return code;
    }

    private static boolean printable(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
    }

    /** One token for each byte of the text. */
    static int[] bytes(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int[] ids = new int[utf8.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = 1 + (utf8[i] & 0xFF);
        }
        return ids;
    }
}
