package dev.cloze.runtime.archive;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import java.nio.file.Path;
import java.util.List;

/**
 * An open saved pipeline.
 *
 * @param manifest what it is
 * @param tuned the tensors that were tuned, by name
 */
public record Archive(Manifest manifest, Checkpoint tuned) implements AutoCloseable {

    /**
     * Refuses what was saved for another task or model than the present one.
     *
     * @param folder where it is, for the message
     * @throws ClozeException ARCHIVE_MISMATCH with every difference
     */
    public void requireFit(Path folder, Manifest present) {
        List<String> differences = manifest.differences(present);
        if (!differences.isEmpty()) {
            throw new ClozeException(
                    Problem.ARCHIVE_MISMATCH,
                    "The pipeline saved in " + folder + " was made for another task or model.\n  "
                            + String.join("\n  ", differences)
                            + "\n  Bring back what it was saved with, or train and save anew.");
        }
    }

    /** Closes the file of tensors. */
    @Override
    public void close() {
        tuned.close();
    }
}
