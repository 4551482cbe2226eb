package dev.cloze.runtime.checkpoint.hub;

import dev.cloze.runtime.checkpoint.folder.FileStock;
import dev.cloze.runtime.checkpoint.folder.LocalModel;
import dev.cloze.runtime.checkpoint.folder.ModelFiles;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.ModelSource;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.folder.Place;
import dev.cloze.vocabulary.folder.ModelName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Hugging Face cache on disk, as its own libraries lay it out: {@code models--ORG--NAME/refs/main} names the commit that
 * is the newest, {@code refs/v1.0} that of a branch or a tag, {@code snapshots/COMMIT/} holds links into {@code blobs/}. A
 * revision that is pinned is therefore apart from others, and what they have in common is there once.
 */
public final class HubCache implements ModelSource {

    /** The revision that is meant where none is named. */
    static final String NEWEST = "main";

    private static final String PREFIX = "models--";
    private static final String REFERENCES = "refs";
    private static final String SNAPSHOTS = "snapshots";

    private final Path root;

    /** The cache in this folder, which need not be there. */
    public HubCache(Path root) {
        this.root = root;
    }

    /** The folder that is all a model has in the cache. */
    Path modelFolder(String repository) {
        return root.resolve(PREFIX + repository.replace("/", "--"));
    }

    /** The file of a model's folder that names the commit of a branch or a tag. */
    static Path reference(Path modelFolder, String revision) {
        return modelFolder.resolve(REFERENCES).resolve(revision);
    }

    @Override
    public Optional<ModelFolder> find(String name) {
        return supported(name)
                .filter(folder -> LocalModel.at(folder.path()).files().complete());
    }

    @Override
    public Optional<ModelFolder> findWithoutWeights(String name) {
        return supported(name).filter(folder -> ModelFiles.withoutWeights(FileStock.of(folder.path()))
                .complete());
    }

    private Optional<ModelFolder> supported(String name) {
        return snapshot(name).map(folder -> new ModelFolder(name, folder, Origin.HUB_CACHE).requireSupported());
    }

    @Override
    public List<Place> explain(String name) {
        return List.of(snapshot(name)
                .map(folder -> LocalModel.at(folder).place(Origin.HUB_CACHE))
                .orElseGet(() -> absent(name)));
    }

    private Place absent(String name) {
        Path folder = modelFolder(ModelName.repository(name));
        List<String> there = revisions(folder);
        return new Place(
                Origin.HUB_CACHE,
                folder.toString(),
                Place.State.ABSENT,
                there.isEmpty()
                        ? "no revision of it is there"
                        : "of its revisions " + String.join(", ", there) + (there.size() == 1 ? " is" : " are")
                                + " there");
    }

    @Override
    public List<String> names() {
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(child -> child.getFileName().toString().startsWith(PREFIX))
                    .flatMap(child -> names(child).stream())
                    .filter(name -> snapshot(name)
                            .filter(folder -> LocalModel.at(folder).files().complete())
                            .isPresent())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The newest of a model by its plain name, other revisions with theirs. */
    private static List<String> names(Path modelFolder) {
        String repository =
                modelFolder.getFileName().toString().substring(PREFIX.length()).replaceFirst("--", "/");
        return revisions(modelFolder).stream()
                .map(revision -> revision.equals(NEWEST) ? repository : repository + "@" + revision)
                .toList();
    }

    /** Branches and tags, and commits that none of them stands at. */
    private static List<String> revisions(Path modelFolder) {
        List<String> revisions = new ArrayList<>();
        Set<String> named = new HashSet<>();
        Path references = modelFolder.resolve(REFERENCES);
        try (Stream<Path> files = Files.exists(references) ? Files.walk(references) : Stream.empty()) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                revisions.add(references.relativize(file).toString().replace('\\', '/'));
                named.add(Files.readString(file).strip());
            }
            try (Stream<Path> commits = Files.list(modelFolder.resolve(SNAPSHOTS))) {
                commits.filter(Files::isDirectory)
                        .map(commit -> commit.getFileName().toString())
                        .filter(commit -> !named.contains(commit))
                        .sorted()
                        .forEach(revisions::add);
            }
        } catch (IOException | UncheckedIOException e) {
            return List.copyOf(revisions); // they only serve to be told
        }
        return List.copyOf(revisions);
    }

    /** The folder of the commit that a name's revision is or stands at. */
    private Optional<Path> snapshot(String text) {
        Optional<ModelName> name = ModelName.of(text);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path folder = modelFolder(name.get().repository());
        String revision = name.get().revision() == null ? NEWEST : name.get().revision();
        Path snapshots = folder.resolve(SNAPSHOTS);
        try {
            Path reference = reference(folder, revision);
            String commit =
                    Files.isRegularFile(reference) ? Files.readString(reference).strip() : revision;
            return Optional.of(snapshots.resolve(commit)).filter(Files::isDirectory);
        } catch (IOException | InvalidPathException e) {
            return Optional.empty();
        }
    }
}
