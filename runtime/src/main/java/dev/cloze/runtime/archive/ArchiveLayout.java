package dev.cloze.runtime.archive;

import java.util.Set;

/** The names in a saved pipeline's folder. */
final class ArchiveLayout {

    static final String MANIFEST = "manifest.json";
    static final String TUNED = "tuned.safetensors";
    /** Only where there are any. */
    static final String TEXTS = "texts.json";

    static final Set<String> FILES = Set.of(MANIFEST, TUNED, TEXTS);
    /** The property of the manifest that ties it to the tensors beside it. */
    static final String TUNED_HASH = "tunedSha256";
    /** The same for the texts; absent where there are none. */
    static final String TEXTS_HASH = "textsSha256";
    /** What a save calls the folder it is about to replace. */
    static final String REPLACED = ".replaced";

    private ArchiveLayout() {}
}
