package dev.cloze.runtime.training;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of examples as the model reads it, example by example. */
public final class DataHash {

    private final MessageDigest digest;

    /** The hash of no example yet. */
    public DataHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Adds numbers of the next example: they must say themselves where they end. */
    public void add(int... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
        bytes.asIntBuffer().put(numbers);
        digest.update(bytes.array());
    }

    /** Adds a text of the next example. */
    public void add(String text) {
        add(text.length());
        add(text.chars().toArray());
    }

    /** The hash in hexadecimal digits; nothing can be added afterwards. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
