package dev.cloze.runtime.tuning.plan;

import java.nio.file.Path;

/**
 * A step that is done.
 *
 * @param folder what it wrote, as long as the run is open
 * @param hash the SHA-256 of what it was made of and of what it wrote: an input of the steps that read it
 */
public record FinishedStep(Path folder, String hash) {

    /** A file that it wrote. */
    public Path file(String name) {
        return folder.resolve(name);
    }
}
