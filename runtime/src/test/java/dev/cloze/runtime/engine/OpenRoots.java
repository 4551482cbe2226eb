package dev.cloze.runtime.engine;

/** How many roots of native memory are open at present: none may be left behind. */
public final class OpenRoots {

    private OpenRoots() {}

    public static int count() {
        return NativeMemory.openRoots();
    }
}
