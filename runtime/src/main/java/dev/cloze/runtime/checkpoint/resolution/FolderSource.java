package dev.cloze.runtime.checkpoint.resolution;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import dev.cloze.runtime.checkpoint.folder.FileStock;
import dev.cloze.runtime.checkpoint.folder.LocalModel;
import dev.cloze.runtime.checkpoint.folder.ModelFiles;
import dev.cloze.runtime.checkpoint.folder.ModelFolder;
import dev.cloze.runtime.checkpoint.folder.ModelSource;
import dev.cloze.runtime.checkpoint.folder.Origin;
import dev.cloze.runtime.checkpoint.folder.Place;
import dev.cloze.vocabulary.folder.UserPath;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Models in folders of the user's: the name is a path, or that of a folder in one of {@code cloze.models}. */
final class FolderSource implements ModelSource {

    private final Origin origin;
    private final List<Path> parents;

    private FolderSource(Origin origin, List<Path> parents) {
        this.origin = origin;
        this.parents = parents;
    }

    /** The name itself is the path. */
    static FolderSource ofPaths() {
        return new FolderSource(Origin.FOLDER, List.of(Path.of("")));
    }

    /** The name is that of a folder in one of these. */
    static FolderSource of(List<Path> parents) {
        return new FolderSource(Origin.MODELS, parents);
    }

    @Override
    public Optional<ModelFolder> find(String name) {
        return find(name, LocalModel::at);
    }

    @Override
    public Optional<ModelFolder> findWithoutWeights(String name) {
        return find(name, folder -> new LocalModel(folder, ModelFiles.withoutWeights(FileStock.of(folder))));
    }

    private Optional<ModelFolder> find(String name, Function<Path, LocalModel> look) {
        for (Path parent : parents) {
            Optional<Path> folder = child(parent, name).filter(Files::isDirectory);
            // A folder of the working directory may have a model's name by chance; a path was meant.
            if (folder.isPresent() && (origin == Origin.MODELS || UserPath.isMeant(name) || hasConfig(folder.get()))) {
                ModelFolder model = new ModelFolder(name, folder.get(), origin).requireSupported();
                checkComplete(look.apply(folder.get()));
                return Optional.of(model);
            }
        }
        return Optional.empty();
    }

    @Override
    public List<Place> explain(String name) {
        return parents.stream()
                .flatMap(parent -> child(parent, name).stream())
                .map(folder -> LocalModel.at(folder).place(origin))
                .toList();
    }

    @Override
    public List<String> names() {
        return origin == Origin.FOLDER
                ? List.of()
                : parents.stream()
                        .flatMap(parent -> LocalModel.names(parent).stream())
                        .toList();
    }

    /** The folder that a relative path of several names begins with, from where the program runs; null where it is one name. */
    static @Nullable Path parent(String name) {
        return name.contains("/")
                ? child(Path.of(""), name).map(Path::getParent).orElse(null)
                : null;
    }

    private static Optional<Path> child(Path parent, String name) {
        try {
            return Optional.of(parent.resolve(UserPath.of(name)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static boolean hasConfig(Path folder) {
        return Files.isRegularFile(folder.resolve(ConfigFiles.MODEL));
    }

    private static void checkComplete(LocalModel model) {
        if (!model.files().complete()) {
            throw new ClozeException(
                    Problem.MODEL_INCOMPLETE,
                    "The model folder " + model.folder() + " lacks "
                            + String.join(", ", model.files().missing()) + ".\n  "
                            + "It has "
                            + (model.files().none()
                                    ? "none of a model's files"
                                    : String.join(", ", model.files().needed()))
                            + ".\n  Add what is missing, as the Hugging Face hub has it.");
        }
    }
}
