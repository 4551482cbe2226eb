package dev.cloze.quarkus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Packaged archives in a folder of their own, as long as the application runs: pipelines are opened from files. */
final class UnpackedArchives implements AutoCloseable {

    private final Map<String, Path> folders = new HashMap<>();
    private @Nullable Path root;

    UnpackedArchives(List<PackagedArchive> archives, ClassLoader resources) {
        try {
            for (PackagedArchive archive : archives) {
                folders.put(archive.task(), unpack(archive, resources));
            }
        } catch (IOException e) {
            close();
            throw new UncheckedIOException("a packaged archive could not be unpacked", e);
        }
    }

    private Path unpack(PackagedArchive archive, ClassLoader resources) throws IOException {
        Path above = root;
        if (above == null) {
            above = Files.createTempDirectory("cloze-archives-");
            root = above;
        }
        Path folder = Files.createDirectories(above.resolve(String.valueOf(folders.size()))
                .resolve(archive.folder().substring(archive.folder().lastIndexOf('/') + 1)));
        for (String file : archive.files()) {
            String name = archive.folder() + "/" + file;
            try (InputStream in = resources.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException(name + " is no resource of this application, as it was when it was built");
                }
                Files.copy(in, folder.resolve(file));
            }
        }
        return folder;
    }

    /** Where that of a task is; null where it has none. */
    @Nullable
    Path of(String task) {
        return folders.get(task);
    }

    @Override
    public void close() {
        if (root == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the unpacked archives could not be deleted", e);
        }
    }
}
