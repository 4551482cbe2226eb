package dev.cloze.runtime.checkpoint.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much room there is, in words, for who must make some. */
public final class DiskSpace {

    private DiskSpace() {}

    /** Such as {@code "It takes 420 MiB, and 12 MiB are free there."}; where the size is not known (0), what is free alone. */
    public static String compared(Path place, long needed) {
        String free = free(place);
        return needed > 0 ? "It takes " + mebibytes(needed) + ", and " + free + " free there." : free + " free there.";
    }

    private static String free(Path place) {
        try {
            Path there = place.toAbsolutePath();
            while (!Files.exists(there) && there.getParent() != null) {
                there = there.getParent();
            }
            return mebibytes(Files.getFileStore(there).getUsableSpace()) + " are";
        } catch (IOException e) {
            return "nobody can say how much is";
        }
    }

    private static String mebibytes(long bytes) {
        return ((bytes + (1 << 20) - 1) >> 20) + " MiB";
    }
}
