package dev.cloze.runtime.checkpoint.resolution;

import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.checkpoint.file.ProcessLock;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks the resources of a model into a folder of the cache that is named after their content, once for all
 * processes, and checks what is there each time.
 */
final class Unpacking {

    /** A resource and its checksum, which a jar's directory has at hand. */
    private record Packed(String name, URL url, long size, long crc) {}

    private final Path parent;
    private final String name;

    Unpacking(Path parent, String model) {
        this.parent = parent;
        this.name = model.replace("/", "--");
    }

    /** The folder that holds these resources, unpacked now if it was not there whole. */
    @SuppressWarnings("try") // the lock is only held
    Path folder(List<String> names, Function<String, @Nullable URL> urls) throws IOException {
        List<Packed> resources = new ArrayList<>();
        for (String file : names) {
            URL url = urls.apply(file);
            if (url == null) {
                throw new IOException("the resource " + file + " has gone");
            }
            resources.add(packed(file, url));
        }
        Path folder = parent.resolve(name + "-" + fingerprint(resources));
        if (holds(folder, resources)) {
            return folder;
        }
        try (ProcessLock lock = ProcessLock.acquire(
                parent.resolve("." + name + ".lock"), "Another process is unpacking the model " + name + "; waiting")) {
            if (!holds(folder, resources)) {
                unpack(folder, resources);
            }
        }
        return folder;
    }

    private void unpack(Path folder, List<Packed> resources) throws IOException {
        Path draft = parent.resolve("." + name + "." + UUID.randomUUID() + ".tmp");
        try {
            DiskFolders.make(draft);
            for (Packed resource : resources) {
                Path file = draft.resolve(resource.name());
                DiskFolders.make(Objects.requireNonNull(file.getParent()));
                try (InputStream input = resource.url().openStream();
                        OutputStream output = Files.newOutputStream(file)) {
                    input.transferTo(output);
                }
            }
            if (!holds(draft, resources)) {
                throw new IOException("what was written to " + draft + " is not what is on the class path");
            }
            // Only a damaged folder can be in the way, and nobody is at work in it while the lock is held.
            DiskFolders.delete(folder);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            DiskFolders.delete(draft);
        }
    }

    private static boolean holds(Path folder, List<Packed> resources) throws IOException {
        for (Packed resource : resources) {
            Path file = folder.resolve(resource.name());
            if (!Files.isRegularFile(file)
                    || Files.size(file) != resource.size()
                    || crc(Files.newInputStream(file)) != resource.crc()) {
                return false;
            }
        }
        return true;
    }

    private static Packed packed(String name, URL url) throws IOException {
        URLConnection connection = url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            ZipEntry entry = jar.getJarEntry();
            if (entry != null && entry.getCrc() >= 0 && entry.getSize() >= 0) {
                return new Packed(name, url, entry.getSize(), entry.getCrc());
            }
        }
        try (InputStream input = connection.getInputStream()) {
            CheckedInputStream checked = new CheckedInputStream(input, new CRC32());
            long size = checked.transferTo(OutputStream.nullOutputStream());
            return new Packed(name, url, size, checked.getChecksum().getValue());
        }
    }

    private static long crc(InputStream content) throws IOException {
        try (CheckedInputStream input = new CheckedInputStream(content, new CRC32())) {
            byte[] buffer = new byte[1 << 16];
            while (input.read(buffer) >= 0) {
                // Reading is what computes the checksum.
            }
            return input.getChecksum().getValue();
        }
    }

    private static String fingerprint(List<Packed> resources) {
        MessageDigest digest = FileHash.digest("SHA-256");
        for (Packed resource : resources) {
            String line = resource.name() + " " + resource.size() + " " + resource.crc() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return FileHash.hex(digest.digest()).substring(0, 12);
    }
}
