package dev.cloze.runtime.engine;

import com.sun.jna.Function;

/** Native memory that has been freed: glibc keeps it for itself as long as a smaller piece lies behind it. */
public final class FreedMemory {

    private FreedMemory() {}

    /** Gives it back to the system, where the C library has a call for that; worth its milliseconds after hundreds of megabytes. */
    public static void giveBack() {
        Found.TRIM.run();
    }

    /** Looked for when it is first needed. Nothing outside of the attempt names a class of JNA, which may not be there. */
    private static final class Found {
        static final Runnable TRIM = look();

        private static Runnable look() {
            try {
                Function trim = Function.getFunction("c", "malloc_trim");
                return () -> trim.invokeInt(new Object[] {0L});
            } catch (LinkageError e) {
                return () -> {}; // another C library, or no JNA
            }
        }
    }
}
