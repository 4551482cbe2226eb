package dev.cloze.runtime.checkpoint.folder;

import dev.cloze.problem.ClozeException;
import dev.cloze.runtime.checkpoint.config.ConfigFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a folder on disk has of a model.
 *
 * @param folder the folder, which need not be there
 * @param files what is in it
 */
public record LocalModel(Path folder, ModelFiles files) {

    /** Looks into a folder. */
    public static LocalModel at(Path folder) {
        try {
            return new LocalModel(folder, ModelFiles.of(FileStock.of(folder)));
        } catch (IOException | ClozeException e) {
            // An index that cannot be read is a thing that is missing; the checkpoint's reader would say more.
            return new LocalModel(
                    folder,
                    new ModelFiles(List.of(), List.of("a readable index of its weights (" + e.getMessage() + ")")));
        }
    }

    /** The names of the folders below this one that hold a model's configuration: {@code NAME} and {@code ORG/NAME}. */
    public static List<String> names(Path parent) {
        try (Stream<Path> folders = Files.walk(parent, 2)) {
            return folders.filter(folder -> !folder.equals(parent))
                    .filter(folder -> Files.isRegularFile(folder.resolve(ConfigFiles.MODEL)))
                    .map(folder -> parent.relativize(folder).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            // The names only serve suggestions.
            return List.of();
        }
    }

    /** Describes the folder for a list of places. */
    public Place place(Origin origin) {
        if (!Files.isDirectory(folder)) {
            return new Place(origin, folder.toString(), Place.State.ABSENT, "no such folder");
        }
        return files.complete()
                ? new Place(origin, folder.toString(), Place.State.FOUND, "complete")
                : new Place(
                        origin,
                        folder.toString(),
                        Place.State.INCOMPLETE,
                        "lacks " + String.join(", ", files.missing()));
    }
}
