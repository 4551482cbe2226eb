package dev.cloze.runtime.archive;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.reflect.TypeToken;
import dev.cloze.annotations.method.TaskKind;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.adapter.AdapterReader;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.checkpoint.file.JsonFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Opens the folders that {@link ArchiveWriter} writes. */
public final class ArchiveReader {

    private final Path folder;

    private ArchiveReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens a saved pipeline; its tensors are those that were saved with its manifest.
     *
     * @throws ClozeException ARCHIVE_UNREADABLE if it is not there, damaged, or written by a newer Cloze
     */
    public static Archive open(Path folder) {
        return new ArchiveReader(folder).open();
    }

    private Archive open() {
        if (!Files.isDirectory(folder)) {
            throw unreadable("there is no such folder" + interrupted(), null);
        }
        JsonObject json = json(folder.resolve(ArchiveLayout.MANIFEST));
        Manifest manifest = manifest(OlderManifest.upgraded(json, version(json)));
        Path tuned = folder.resolve(ArchiveLayout.TUNED);
        checkHash(json.get(ArchiveLayout.TUNED_HASH), tuned);
        Map<String, List<String>> texts = texts(json.get(ArchiveLayout.TEXTS_HASH));
        try {
            return new Archive(manifest, Checkpoint.openFile(tuned), texts);
        } catch (ClozeException e) {
            throw unreadable("its " + ArchiveLayout.TUNED + " is damaged", e);
        }
    }

    private JsonObject json(Path file) {
        if (!Files.isRegularFile(file)) {
            throw unreadable("it holds no " + ArchiveLayout.MANIFEST + other(), null);
        }
        try {
            JsonElement json = JsonFile.read(file);
            if (json instanceof JsonObject object) {
                return object;
            }
            throw unreadable("its " + ArchiveLayout.MANIFEST + " is no JSON object (it was cut short?)", null);
        } catch (JsonFile.TooLarge e) {
            throw unreadable("its " + ArchiveLayout.MANIFEST + " is no manifest: " + e.getMessage(), e);
        } catch (IOException | JsonParseException e) {
            throw unreadable("its " + ArchiveLayout.MANIFEST + " is no JSON text (it was cut short?)", e);
        }
    }

    /** What the folder is instead, where that shows. */
    private String other() {
        if (AdapterReader.isAdapter(folder)) {
            return " (it is an adapter, which tasks that choose labels, rank words or write texts can load)";
        }
        return Files.exists(folder.resolve("config.json")) ? " (it is the folder of a model)" : "";
    }

    private int version(JsonObject json) {
        int version = number(json.get("formatVersion"));
        if (version < 1) {
            throw unreadable("its " + ArchiveLayout.MANIFEST + " has no formatVersion", null);
        }
        if (version > Manifest.FORMAT_VERSION) {
            throw unreadable(
                    "it was saved by a newer Cloze, in format " + version + "; this one reads formats up to "
                            + Manifest.FORMAT_VERSION + " (update cloze-runtime)",
                    null);
        }
        return version;
    }

    /** 0 where it is none. */
    private static int number(@Nullable JsonElement element) {
        try {
            return element instanceof JsonPrimitive number && number.isNumber() ? number.getAsInt() : 0;
        } catch (NumberFormatException e) {
            return 0; // 1e99999 is JSON
        }
    }

    private Manifest manifest(JsonObject json) {
        checkKind(json);
        try {
            return new Gson().fromJson(json, Manifest.class);
        } catch (RuntimeException e) {
            // Gson wraps the constructor's refusal, whose message is the name of what is missing.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw unreadable(
                    "its " + ArchiveLayout.MANIFEST
                            + (cause instanceof NullPointerException ? " lacks " : " is not as it was written: ")
                            + cause.getMessage(),
                    e);
        }
    }

    /** A kind that is not known would be read as none, which older manifests have, and so as a classification. */
    private void checkKind(JsonObject json) {
        JsonElement kind = json.get("task") instanceof JsonObject task ? task.get("kind") : null;
        if (kind == null || kind.isJsonNull()) {
            return;
        }
        List<String> known =
                Arrays.stream(TaskKind.values()).map(TaskKind::name).toList();
        if (!(kind instanceof JsonPrimitive name && known.contains(name.getAsString()))) {
            throw unreadable(
                    "its task is of the kind " + kind + ", which this Cloze does not know; it knows "
                            + String.join(", ", known) + " (update cloze-runtime)",
                    null);
        }
    }

    /** None where the manifest tells of none. */
    private Map<String, List<String>> texts(@Nullable JsonElement hash) {
        if (hash == null) {
            return Map.of();
        }
        Path file = folder.resolve(ArchiveLayout.TEXTS);
        checkHash(hash, file);
        try {
            JsonElement json = JsonFile.read(file, JsonFile.LARGE);
            Map<String, List<String>> texts = new Gson().fromJson(json, new TypeToken<Map<String, List<String>>>() {});
            texts.replaceAll((name, list) -> List.copyOf(list)); // neither is null, nor has a null
            return Map.copyOf(texts);
        } catch (IOException | JsonParseException | NullPointerException e) {
            throw unreadable("its " + ArchiveLayout.TEXTS + " cannot be read", e);
        }
    }

    private void checkHash(@Nullable JsonElement expected, Path file) {
        String name = String.valueOf(file.getFileName());
        if (!Files.isRegularFile(file)) {
            throw unreadable("it holds no " + name, null);
        }
        try {
            if (!file.toRealPath().startsWith(folder.toRealPath())) {
                throw unreadable(
                        "its " + name + " is a link to " + file.toRealPath() + ", outside of its folder", null);
            }
            if (!new JsonPrimitive(FileHash.now(file)).equals(expected)) {
                throw unreadable(
                        "its " + name + " is not the one that was saved with its manifest (cut short or exchanged)",
                        null);
            }
        } catch (IOException e) {
            throw unreadable("its " + name + " cannot be read", e);
        }
    }

    /** A save that was killed in the one moment between its two renamings left the older pipeline under another name. */
    private String interrupted() {
        Path target = folder.toAbsolutePath().normalize();
        try (Stream<Path> siblings = Files.list(target.getParent())) {
            List<Path> left = siblings.filter(path -> isReplaced(path, target)).toList();
            return left.isEmpty() ? "" : ", but an interrupted save left " + left.get(0) + ": rename it back";
        } catch (IOException e) {
            return "";
        }
    }

    private static boolean isReplaced(Path path, Path target) {
        String name = path.getFileName().toString();
        return name.startsWith("." + target.getFileName() + ".") && name.endsWith(ArchiveLayout.REPLACED);
    }

    private ClozeException unreadable(String why, @Nullable Exception cause) {
        String details = "The saved pipeline " + folder + " cannot be opened: " + why + ".";
        return cause == null
                ? new ClozeException(Problem.ARCHIVE_UNREADABLE, details)
                : new ClozeException(Problem.ARCHIVE_UNREADABLE, details, cause);
    }
}
