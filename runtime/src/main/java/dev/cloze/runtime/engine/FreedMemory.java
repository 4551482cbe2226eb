package dev.cloze.runtime.engine;

import com.sun.jna.Library;
import com.sun.jna.Native;

/** Native memory that has been freed: glibc keeps it for itself as long as a smaller piece lies behind it. */
public final class FreedMemory {

    private FreedMemory() {}

    /** Gives it back to the system, where the C library has a call for that; worth its milliseconds after hundreds of megabytes. */
    public static void giveBack() {
        if (Found.LIBRARY != null) {
            Found.LIBRARY.malloc_trim(0);
        }
    }

    /** Looked for when it is first needed. */
    private static final class Found {
        static final GnuC LIBRARY = look();

        private static GnuC look() {
            try {
                GnuC library = Native.load("c", GnuC.class);
                library.malloc_trim(0);
                return library;
            } catch (LinkageError e) {
                return null; // another C library
            }
        }
    }

    /** Of glibc alone. */
    interface GnuC extends Library {
        int malloc_trim(long pad);
    }
}
