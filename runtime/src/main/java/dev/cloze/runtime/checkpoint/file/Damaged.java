package dev.cloze.runtime.checkpoint.file;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.nio.file.Path;

/** Says that a weights file is not what its format asks for. */
public final class Damaged {

    private Damaged() {}

    /** The file and, as the end of the sentence, why it cannot be read. */
    public static ClozeException file(Path file, String why) {
        return new ClozeException(Problem.CHECKPOINT_CORRUPT, details(file, why));
    }

    /** As above, with the failure beneath. */
    public static ClozeException file(Path file, String why, Throwable cause) {
        return new ClozeException(Problem.CHECKPOINT_CORRUPT, details(file, why), cause);
    }

    private static String details(Path file, String why) {
        return "The checkpoint " + file + " is damaged: " + why + ".\n  "
                + "Nothing of it was used. Delete the file and fetch it again from where it came.";
    }
}
