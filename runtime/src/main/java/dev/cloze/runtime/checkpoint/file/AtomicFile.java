package dev.cloze.runtime.checkpoint.file;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file under another name beside its place and moves it there when it is whole. */
public final class AtomicFile {

    /** Writes what the file shall hold. */
    public interface Content {
        void writeTo(OutputStream output) throws IOException;
    }

    /** Writes what the file shall hold into another one. */
    public interface Draft {
        void writeTo(Path draft) throws IOException;
    }

    private AtomicFile() {}

    /** Writes or replaces a file; DISK_WRITE if that fails, and then nothing has changed. */
    public static void write(Path file, Content content) {
        write(file, 0, content);
    }

    /**
     * As above.
     *
     * @param size bytes that it will have; 0 where nobody knows
     */
    public static void write(Path file, long size, Content content) {
        replace(file, size, draft -> writeDraft(draft, content));
    }

    /** Writes or replaces a file by what opens files itself; DISK_WRITE if that fails, and then, or where it opens none, nothing has changed. */
    public static void replace(Path file, Draft content) {
        replace(file, 0, draft -> {
            content.writeTo(draft);
            if (Files.exists(draft)) {
                try (FileChannel written = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
            }
        });
    }

    private static void replace(Path file, long size, Draft content) {
        Path target = file.toAbsolutePath();
        try {
            DiskFolders.makeFor(target);
            // Not createTempFile, whose files other users may not read.
            Path draft = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
            try {
                content.writeTo(draft);
                if (Files.exists(draft)) {
                    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The file " + file + " could not be written: " + e.getMessage() + ".\n  "
                            + "Nothing was changed. Is there space left, and may this user write there? "
                            + DiskSpace.compared(target, size),
                    e);
        }
    }

    private static void writeDraft(Path draft, Content content) throws IOException {
        try (FileOutputStream file = new FileOutputStream(draft.toFile());
                OutputStream output = new BufferedOutputStream(file)) {
            content.writeTo(output);
            output.flush();
            // On the disk before it gets its name, so that not even a power cut leaves half a file.
            file.getFD().sync();
        }
    }
}
