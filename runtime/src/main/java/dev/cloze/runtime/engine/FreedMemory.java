package dev.cloze.runtime.engine;

import com.sun.jna.Function;
import java.util.Optional;

/** Native memory that has been freed: glibc keeps it for itself as long as a smaller piece lies behind it. */
public final class FreedMemory {

    private FreedMemory() {}

    /** Gives it back to the system, where the C library has a call for that; worth its milliseconds after hundreds of megabytes. */
    public static void giveBack() {
        Found.TRIM.ifPresent(trim -> trim.invokeInt(new Object[] {0L}));
    }

    /** Looked for when it is first needed. */
    private static final class Found {
        static final Optional<Function> TRIM = look();

        private static Optional<Function> look() {
            try {
                return Optional.of(Function.getFunction("c", "malloc_trim"));
            } catch (LinkageError e) {
                return Optional.empty(); // another C library
            }
        }
    }
}
