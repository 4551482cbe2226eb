package dev.cloze.runtime.disk;

import java.nio.file.Path;

/** Hears what is about to happen to a {@link WatchedDisk}. */
@FunctionalInterface
public interface DiskWatch {

    /** A change: of what is there, or of its name. */
    enum Change {
        /** A file is about to be opened for writing. */
        OPEN,
        /** Bytes are about to be written to an open file. */
        WRITE,
        /** A folder is about to be made. */
        FOLDER,
        /** Something is about to get this name. */
        NAME,
        /** Something is about to be deleted. */
        DELETE
    }

    /**
     * Hears of a change before it is made.
     *
     * @param place on the real disk
     */
    void before(Change change, Path place);

    /** Whether no byte more has room. */
    default boolean isFull() {
        return false;
    }
}
