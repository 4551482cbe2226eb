package dev.cloze.runtime.engine;

import com.sun.jna.Library;
import com.sun.jna.Native;
import java.util.Optional;

/** Native memory that has been freed: glibc keeps it for itself as long as a smaller piece lies behind it. */
public final class FreedMemory {

    private FreedMemory() {}

    /** Gives it back to the system, where the C library has a call for that; worth its milliseconds after hundreds of megabytes. */
    public static void giveBack() {
        Found.LIBRARY.ifPresent(library -> library.malloc_trim(0));
    }

    /** Looked for when it is first needed. */
    private static final class Found {
        static final Optional<GnuC> LIBRARY = look();

        private static Optional<GnuC> look() {
            try {
                GnuC library = Native.load("c", GnuC.class);
                library.malloc_trim(0);
                return Optional.of(library);
            } catch (LinkageError e) {
                return Optional.empty(); // another C library
            }
        }
    }

    /** Of glibc alone. */
    interface GnuC extends Library {
        int malloc_trim(long pad);
    }
}
