package dev.cloze.cli.task;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a command writes its records: as a whole or not at all, so that a file can also be its own input. */
final class OutputFile {

    private OutputFile() {}

    /** Writes or replaces the file, or the one that it links to; DISK_WRITE if that fails, and then nothing has changed. */
    static void write(Path file, AtomicFile.Draft content) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                content.writeTo(file); // a pipe or a device, which nothing can take the place of
            } else {
                AtomicFile.replace(Files.exists(file) ? file.toRealPath() : file, content);
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    static ClozeException unwritable(Path file, IOException cause) {
        return new ClozeException(
                Problem.DISK_WRITE,
                file + " can't be written.\n  The system says: " + cause.getMessage()
                        + "\n  Name another file with --output.",
                cause);
    }
}
