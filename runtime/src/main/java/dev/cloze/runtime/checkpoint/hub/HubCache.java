package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.runtime.checkpoint.folder.LocalModel;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.ModelSource;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.folder.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Hugging Face cache on disk, as its own libraries lay it out: {@code models--ORG--NAME/refs/main} names the
 * revision, {@code snapshots/REVISION/} holds links into {@code blobs/}.
 */
public final class HubCache implements ModelSource {

    private static final String PREFIX = "models--";

    private final Path root;

    /** The cache in this folder, which need not be there. */
    public HubCache(Path root) {
        this.root = root;
    }

    /** The folder that is all a model has in the cache. */
    Path modelFolder(String name) {
        return root.resolve(PREFIX + name.replace("/", "--"));
    }

    @Override
    public Optional<ModelFolder> find(String name) {
        return snapshot(name)
                .map(folder -> new ModelFolder(name, folder, Origin.HUB_CACHE).requireSupported())
                .filter(folder -> LocalModel.at(folder.path()).files().complete());
    }

    @Override
    public List<Place> explain(String name) {
        return List.of(snapshot(name)
                .map(folder -> LocalModel.at(folder).place(Origin.HUB_CACHE))
                .orElseGet(() -> new Place(
                        Origin.HUB_CACHE,
                        modelFolder(name).toString(),
                        Place.State.ABSENT,
                        "no revision of it is there")));
    }

    @Override
    public List<String> names() {
        try (Stream<Path> children = Files.list(root)) {
            return children.map(child -> child.getFileName().toString())
                    .filter(child -> child.startsWith(PREFIX))
                    .map(child -> child.substring(PREFIX.length()).replaceFirst("--", "/"))
                    .filter(name -> snapshot(name)
                            .filter(folder -> LocalModel.at(folder).files().complete())
                            .isPresent())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The folder of the newest revision that is known, or of the only one. */
    private Optional<Path> snapshot(String name) {
        Path snapshots = modelFolder(name).resolve("snapshots");
        try {
            Path ref = modelFolder(name).resolve("refs").resolve("main");
            if (Files.isRegularFile(ref)) {
                return Optional.of(snapshots.resolve(Files.readString(ref).strip()))
                        .filter(Files::isDirectory);
            }
            try (Stream<Path> revisions = Files.list(snapshots)) {
                List<Path> all = revisions.filter(Files::isDirectory).toList();
                return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
            }
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return Optional.empty();
        }
    }
}
