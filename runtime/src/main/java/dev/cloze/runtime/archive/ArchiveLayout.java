package dev.cloze.runtime.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The names in a saved pipeline's folder. */
final class ArchiveLayout {

    static final String MANIFEST = "manifest.json";
    static final String TUNED = "tuned.safetensors";
    static final Set<String> FILES = Set.of(MANIFEST, TUNED);
    /** The property of the manifest that ties it to the tensors beside it. */
    static final String TUNED_HASH = "tunedSha256";
    /** What a save calls the folder it is about to replace. */
    static final String REPLACED = ".replaced";

    private ArchiveLayout() {}

    /** Whether a folder looks like a saved pipeline. */
    static boolean isArchive(Path folder) {
        return Files.isRegularFile(folder.resolve(MANIFEST));
    }
}
