package dev.cloze.runtime.training;

import dev.cloze.runtime.checkpoint.file.FileHash;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/** The SHA-256 of examples as the model reads it, example by example. */
public final class DataHash {

    private final MessageDigest digest = FileHash.digest("SHA-256");

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
        return FileHash.hex(digest.digest());
    }
}
