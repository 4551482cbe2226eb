package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.runtime.checkpoint.file.FileHash;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file of the hub.
 *
 * @param name its name in the model
 * @param address where it is, at a fixed revision
 * @param etag what its content is known by: a SHA-256, the SHA-1 of a git blob, or anything else
 * @param validator the same as the server wants to hear it in If-Range, or null if it is another server's
 * @param size its bytes, or -1 if that was not told
 */
record RemoteFile(
        String name, URI address, String etag, @Nullable String validator, long size) {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern GIT_SHA1 = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern HARMLESS_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]{0,127}");

    /** Its file name in the cache: the etag, as Hugging Face's own libraries do it. */
    String blobName() {
        if (HARMLESS_NAME.matcher(etag).matches()) {
            return etag;
        }
        return FileHash.hex(FileHash.digest("SHA-256").digest(etag.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether a file on disk is what the hub announced, as far as the hub lets that be known. */
    boolean matches(Path file) throws IOException {
        if (size >= 0 && Files.size(file) != size) {
            return false;
        }
        if (SHA256.matcher(etag).matches()) {
            return hash(FileHash.digest("SHA-256"), file).equals(etag);
        }
        if (GIT_SHA1.matcher(etag).matches()) {
            MessageDigest digest = FileHash.digest("SHA-1");
            digest.update(("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII));
            return hash(digest, file).equals(etag);
        }
        return true;
    }

    private static String hash(MessageDigest digest, Path file) throws IOException {
        FileHash.update(digest, file);
        return FileHash.hex(digest.digest());
    }
}
