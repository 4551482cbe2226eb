package dev.cloze.runtime.checkpoint.file;

import java.nio.file.Path;

/** Paths as users write them. */
public final class UserPath {

    private UserPath() {}

    /**
     * The path; {@code ~/} at its beginning is the user's home folder, which a shell puts there only where it sees a word begin.
     *
     * @throws java.nio.file.InvalidPathException if it is none
     */
    public static Path of(String written, String home) {
        return Path.of(written.startsWith("~/") ? home + written.substring(1) : written);
    }
}
