package dev.cloze.vocabulary.folder;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths as users write them. */
public final class UserPath {

    private UserPath() {}

    /**
     * The path; {@code ~/} at its beginning is the user's home folder, which a shell puts there only where it sees a word begin.
     *
     * @throws InvalidPathException if it is none
     */
    public static Path of(String written, String home) {
        return Path.of(written.startsWith("~/") ? home + written.substring(1) : written);
    }

    /**
     * The path, with the home folder of who runs the program.
     *
     * @throws InvalidPathException if it is none
     */
    public static Path of(String written) {
        return of(written, System.getProperty("user.home", "."));
    }

    /** Whether a text that names a model can only be meant as the path of its folder. */
    public static boolean isMeant(String name) {
        return name.startsWith(".") || name.startsWith("~") || name.contains("\\") || isAbsolute(name);
    }

    private static boolean isAbsolute(String name) {
        try {
            return Path.of(name).isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
