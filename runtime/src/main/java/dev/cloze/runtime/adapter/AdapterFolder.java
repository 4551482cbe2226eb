package dev.cloze.runtime.adapter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** The names in an adapter's folder, which nothing of it may lead out of. */
final class AdapterFolder {

    static final String CONFIG = "adapter_config.json";
    static final String WEIGHTS = "adapter_model.safetensors";
    /** As older versions of PEFT wrote it. */
    static final String OLDER_WEIGHTS = "adapter_model.bin";

    private final Path folder;

    AdapterFolder(Path folder) {
        this.folder = folder;
    }

    /** A file that has to be there; {@code ADAPTER_UNREADABLE} where it is not, or is a link that leads out of the folder. */
    Path require(String name) {
        return find(name)
                .orElseThrow(() -> PeftConfigReader.unreadable(folder.resolve(name), "there is no such file", null));
    }

    /** A file that may be there; {@code ADAPTER_UNREADABLE} where it is a link that leads out of the folder. */
    Optional<Path> find(String name) {
        Path file = folder.resolve(name);
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(folder.toRealPath()) && !isOfHubCache(real)) {
                throw PeftConfigReader.unreadable(
                        file,
                        "it is a link to " + real + ", which is outside of the folder; nothing of it was read",
                        null);
            }
            if (!Files.isRegularFile(real)) {
                throw PeftConfigReader.unreadable(file, "it is no file", null);
            }
            return Optional.of(file);
        } catch (IOException e) {
            throw PeftConfigReader.unreadable(file, "it leads nowhere", e);
        }
    }

    /** Hugging Face's cache has {@code snapshots/REVISION/FILE} link to {@code blobs/HASH} of the same repository. */
    private boolean isOfHubCache(Path real) throws IOException {
        Path snapshots = folder.toRealPath().getParent();
        return snapshots != null
                && snapshots.endsWith("snapshots")
                && snapshots.resolveSibling("blobs").equals(real.getParent());
    }
}
