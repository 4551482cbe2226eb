package dev.cloze.runtime.adapter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes PEFT's folders, which its version 0.10 and all later ones read. */
public final class AdapterWriter {

    /** What PEFT writes, and what people put beside it. */
    private static final Set<String> KNOWN =
            Set.of(AdapterFolder.CONFIG, AdapterFolder.WEIGHTS, AdapterFolder.OLDER_WEIGHTS, "README.md");

    private AdapterWriter() {}

    /**
     * Writes a new folder, or over an adapter that is there. A write that is killed leaves no folder that could be read.
     *
     * @throws ClozeException DISK_WRITE where it can't be written, or the folder holds something else
     */
    public static void write(Path folder, Adapter adapter) {
        write(folder, adapter.config(), Map.of(Adapter.VECTORS, adapter.vectors()), noted(adapter.baseHash()));
    }

    /** The same of a prompt that several tasks share. */
    public static void write(Path folder, MultitaskAdapter adapter) {
        Map<String, String> notes = noted(adapter.baseHash());
        notes.put(MultitaskAdapter.TASKS, new Gson().toJson(adapter.names()));
        Map<String, Tensor> tensors = Map.of(
                Adapter.VECTORS,
                adapter.shared(),
                MultitaskAdapter.COLUMNS,
                adapter.columns(),
                MultitaskAdapter.ROWS,
                adapter.rows());
        write(folder, adapter.config(), tensors, notes);
    }

    private static Map<String, String> noted(String baseHash) {
        Map<String, String> notes = new TreeMap<>(Map.of("format", "pt"));
        if (!baseHash.isEmpty()) {
            notes.put(AdapterReader.BASE_HASH, baseHash);
        }
        return notes;
    }

    private static void write(Path folder, PeftConfig config, Map<String, Tensor> tensors, Map<String, String> notes) {
        try {
            requireFree(folder);
            DiskFolders.make(folder);
            Files.deleteIfExists(folder.resolve(AdapterFolder.CONFIG));
            Files.deleteIfExists(folder.resolve(AdapterFolder.OLDER_WEIGHTS));
            SafetensorsWriter.write(folder.resolve(AdapterFolder.WEIGHTS), tensors, notes);
            String json = new GsonBuilder()
                    .setPrettyPrinting()
                    .serializeNulls()
                    .disableHtmlEscaping()
                    .create()
                    .toJson(config.json());
            Path draft = folder.resolve("." + AdapterFolder.CONFIG);
            Files.writeString(draft, json + "\n");
            Files.move(draft, folder.resolve(AdapterFolder.CONFIG));
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The adapter could not be written to " + folder + ": " + e.getMessage()
                            + ".\n  Is there space left, and may this user write there?",
                    e);
        }
    }

    /** What a write that was killed has left. */
    private static boolean isDraft(String name) {
        return KNOWN.stream().anyMatch(known -> name.startsWith("." + known));
    }

    private static void requireFree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<String> others = List.of("it is a file");
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                others = files.map(file -> file.getFileName().toString())
                        .filter(name -> !KNOWN.contains(name) && !isDraft(name))
                        .sorted()
                        .limit(5)
                        .toList();
            }
        }
        if (!others.isEmpty()) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The adapter was not written to " + folder + ", where something else is: "
                            + String.join(", ", others)
                            + ".\n"
                            + "  Only a new folder, an empty one, or an adapter's is written to. Give another"
                            + " path.");
        }
    }
}
