package dev.cloze.runtime.tuning.unlabeled;

import dev.cloze.runtime.checkpoint.file.FileHash;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * Writes inputs to a folder, one after the other, so that none of them stays in memory: for each the texts of its placeholders,
 * and where it starts.
 */
public final class SpoolWriter implements AutoCloseable {

    private final List<String> paths;
    private final DataOutputStream texts;
    private final DataOutputStream starts;
    private final MessageDigest digest = FileHash.digest("SHA-256");
    private long start;

    /** Writes to an existing empty folder, of inputs with these placeholders. */
    public SpoolWriter(Path folder, List<String> paths) throws IOException {
        this.paths = List.copyOf(paths);
        OutputStream file = Files.newOutputStream(folder.resolve(TextSpool.TEXTS));
        this.texts = new DataOutputStream(new DigestOutputStream(new BufferedOutputStream(file), digest));
        this.starts =
                new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(TextSpool.STARTS))));
    }

    /** The next input. */
    public void add(Map<String, String> values) {
        try {
            starts.writeLong(start);
            for (String path : paths) {
                byte[] text = values.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
                texts.writeInt(text.length);
                texts.write(text);
                start += Integer.BYTES + text.length;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The SHA-256 of all that was written, after {@link #close}. */
    public String hash() {
        return FileHash.hex(digest.digest());
    }

    @Override
    public void close() throws IOException {
        try (texts;
                starts) {
            texts.flush();
            starts.flush();
        }
    }
}
