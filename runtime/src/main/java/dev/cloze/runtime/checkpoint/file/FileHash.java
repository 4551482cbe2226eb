package dev.cloze.runtime.checkpoint.file;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hashes of files, each computed once as long as the file does not change. */
public final class FileHash {

    private record Version(Path file, long size, FileTime changed) {}

    private static final Map<Version, String> KNOWN = new ConcurrentHashMap<>();

    private FileHash() {}

    /** The SHA-256 of a file in hexadecimal; MODEL_INCOMPLETE where it can't be read. */
    public static String sha256(Path file) {
        return sha256(List.of(file));
    }

    /** The SHA-256 of one file, or of the lines {@code HASH NAME} of several, in hexadecimal. */
    public static String sha256(List<Path> files) {
        try {
            if (files.size() == 1) {
                return ofFile(files.get(0));
            }
            StringBuilder lines = new StringBuilder();
            for (Path file : files) {
                lines.append(ofFile(file))
                        .append("  ")
                        .append(file.getFileName())
                        .append('\n');
            }
            return hex(digest("SHA-256").digest(lines.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.MODEL_INCOMPLETE, "A file of the model could not be read: " + e.getMessage() + ".", e);
        }
    }

    /** The SHA-256 of a file as it is now, in hexadecimal, for what may change without a sign of it. */
    public static String now(Path file) throws IOException {
        MessageDigest digest = digest("SHA-256");
        update(digest, file);
        return hex(digest.digest());
    }

    /** A digest every Java has. */
    public static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A digest in lower-case hexadecimal. */
    public static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** Feeds a whole file to a digest. */
    public static void update(MessageDigest digest, Path file) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream input = Files.newInputStream(file)) {
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
    }

    private static String ofFile(Path file) throws IOException {
        Version version = new Version(file.toRealPath(), Files.size(file), Files.getLastModifiedTime(file));
        String known = KNOWN.get(version);
        if (known == null) {
            known = now(file);
            KNOWN.put(version, known);
        }
        return known;
    }
}
