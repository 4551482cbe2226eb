package dev.cloze.runtime.archive;

import dev.cloze.runtime.checkpoint.Checkpoint;

/**
 * An open saved pipeline.
 *
 * @param manifest what it is
 * @param tuned the tensors that were tuned, by name
 */
public record Archive(Manifest manifest, Checkpoint tuned) implements AutoCloseable {

    /** Closes the file of tensors. */
    @Override
    public void close() {
        tuned.close();
    }
}
