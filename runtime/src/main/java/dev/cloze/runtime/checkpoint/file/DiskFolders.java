package dev.cloze.runtime.checkpoint.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders as wholes. */
public final class DiskFolders {

    private DiskFolders() {}

    /** Makes a folder and those above it that are missing; a link to a folder is one. */
    public static Path make(Path folder) throws IOException {
        // Of a link createDirectories says that it exists where Java is older than 17.0.14, or 18 or 19 (JDK-8294193).
        return Files.isDirectory(folder) ? folder : Files.createDirectories(folder);
    }

    /** The same of the folder that a file lies in. */
    public static void makeFor(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            make(folder);
        }
    }

    /** Deletes a folder and what is in it, links themselves and not what they point to; nothing if it is not there. */
    public static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
