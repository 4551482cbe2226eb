package dev.cloze.runtime.application;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An archive that a task is opened from, and how it was when that was last tried. Any number of threads can use it at once. */
public final class WatchedArchive {

    private static final ArchiveStamp NOTHING = new ArchiveStamp(Map.of());

    private final Path folder;
    private volatile @Nullable ArchiveStamp tried;

    /** One that nobody has tried to open. */
    public WatchedArchive(Path folder) {
        this.folder = folder;
    }

    /** Remembers how it is now: to be called before it is opened, as it may be replaced meanwhile. */
    public void remember() {
        tried = ArchiveStamp.of(folder).orElse(NOTHING);
    }

    /** How it is now, where that is not how it was when it was last tried; what nobody has asked for is opened when it is asked. */
    Optional<ArchiveStamp> another() {
        ArchiveStamp before = tried;
        return before == null ? Optional.empty() : ArchiveStamp.of(folder).filter(now -> !now.equals(before));
    }
}
