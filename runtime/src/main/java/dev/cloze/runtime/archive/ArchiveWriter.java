package dev.cloze.runtime.archive;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.cloze.annotations.TuningMethod;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.DiskFolders;
import dev.cloze.runtime.checkpoint.file.DiskSpace;
import dev.cloze.runtime.checkpoint.file.FileHash;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsWriter;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.training.TrainingRecord;
import dev.cloze.runtime.tuning.Product;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Saves a pipeline as a folder, as a whole or not at all. */
public final class ArchiveWriter {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveWriter.class);

    private final Path folder;
    private final Path parent;
    private final UnaryOperator<OutputStream> disk;

    private ArchiveWriter(Path folder, UnaryOperator<OutputStream> disk) {
        this.folder = folder.toAbsolutePath().normalize();
        this.parent = Objects.requireNonNull(this.folder.getParent(), "the root of a disk cannot be written");
        this.disk = disk;
    }

    /**
     * Writes a new folder, or replaces one that was saved before, after the new one is complete.
     *
     * @throws ClozeException MODEL_NOT_FINITE if a weight is NaN or infinite, DISK_WRITE if it cannot be written or if the
     *     folder holds anything else; whatever was there is then still there
     */
    public static void write(Path folder, Manifest manifest, Map<String, Tensor> tuned) {
        write(folder, manifest, tuned, UnaryOperator.identity());
    }

    /** As above, with something between the writer and the disk: tests put a small one there. */
    public static void write(
            Path folder, Manifest manifest, Map<String, Tensor> tuned, UnaryOperator<OutputStream> disk) {
        write(folder, manifest, tuned, Map.of(), disk);
    }

    /** As above, with lists of texts that belong to the tensors, by name. */
    public static void write(
            Path folder,
            Manifest manifest,
            Map<String, Tensor> tuned,
            Map<String, List<String>> texts,
            UnaryOperator<OutputStream> disk) {
        try {
            // Through a link its target is replaced, and the link stays.
            ArchiveWriter writer = new ArchiveWriter(Files.isSymbolicLink(folder) ? folder.toRealPath() : folder, disk);
            tuned.forEach(writer::requireFinite);
            writer.checkFolder();
            writer.write(manifest, tuned, texts);
        } catch (IOException e) {
            throw new ClozeException(
                    Problem.DISK_WRITE,
                    "The pipeline could not be saved to " + folder + ": " + e.getMessage() + ".\n  "
                            + "What was there before is unchanged. Is there space left, and may this user write there? "
                            + DiskSpace.compared(folder, SafetensorsWriter.size(tuned)),
                    e);
        }
    }

    /**
     * Writes what a method made of a task, nothing but the manifest where nothing was tuned, and tells what the product remarks.
     *
     * @param disk stands between the writer and the disk
     * @throws ClozeException as {@link #write(Path, Manifest, Map)}
     */
    public static void save(
            Path folder,
            Manifest.Task task,
            TuningMethod method,
            Product product,
            TrainingRecord training,
            UnaryOperator<OutputStream> disk) {
        Manifest manifest = Manifest.of(task, method, product.identity(), training);
        write(folder, manifest, product.tensors(), product.texts(), disk);
        product.remark().ifPresent(remark -> LOG.warn("{}: {}", folder, remark));
    }

    private void requireFinite(String name, Tensor tensor) {
        FloatBuffer data = tensor.data();
        for (int i = data.position(); i < data.limit(); i++) {
            float value = data.get(i);
            if (!Float.isFinite(value)) {
                throw new ClozeException(
                        Problem.MODEL_NOT_FINITE,
                        "The pipeline was not saved to " + folder + ": its weights are no finite numbers."
                                + "\n  Number " + (i - data.position()) + " of \"" + name + "\" is " + value
                                + ", so that every prediction would be nothing."
                                + "\n  Train it again with a smaller learning rate; what was saved before is unchanged.");
            }
        }
    }

    private void checkFolder() throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        if (!Files.isDirectory(folder)) {
            throw inTheWay("is a file");
        }
        List<String> others;
        try (Stream<Path> files = Files.list(folder)) {
            others = files.map(file -> file.getFileName().toString())
                    .filter(name -> !ArchiveLayout.FILES.contains(name))
                    .sorted()
                    .limit(5)
                    .toList();
        }
        if (!others.isEmpty()) {
            throw inTheWay("holds other files (" + String.join(", ", others) + ")");
        }
    }

    private ClozeException inTheWay(String why) {
        return new ClozeException(
                Problem.DISK_WRITE,
                "The pipeline was not saved to " + folder + ", which " + why + ".\n  "
                        + "Only a new folder, an empty one, or one that was saved before is written to. Give another path.");
    }

    private void write(Manifest manifest, Map<String, Tensor> tuned, Map<String, List<String>> texts)
            throws IOException {
        DiskFolders.make(parent);
        Path draft = sibling(".tmp");
        try {
            Files.createDirectory(draft);
            MessageDigest digest = FileHash.digest("SHA-256");
            writeFile(draft.resolve(ArchiveLayout.TUNED), output -> {
                OutputStream hashed = new DigestOutputStream(output, digest);
                SafetensorsWriter.writeTo(hashed, tuned, Map.of("format", "pt"));
            });
            JsonObject json = GSON.toJsonTree(manifest).getAsJsonObject();
            json.addProperty(ArchiveLayout.TUNED_HASH, FileHash.hex(digest.digest()));
            if (!texts.isEmpty()) {
                byte[] lists = bytes(GSON.toJsonTree(new TreeMap<>(texts)));
                writeFile(draft.resolve(ArchiveLayout.TEXTS), output -> output.write(lists));
                json.addProperty(ArchiveLayout.TEXTS_HASH, FileHash.now(draft.resolve(ArchiveLayout.TEXTS)));
            }
            writeFile(draft.resolve(ArchiveLayout.MANIFEST), output -> output.write(bytes(json)));
            putInPlace(draft);
        } finally {
            delete(draft);
        }
    }

    private interface Content {
        void writeTo(OutputStream output) throws IOException;
    }

    private void writeFile(Path file, Content content) throws IOException {
        try (FileOutputStream raw = new FileOutputStream(file.toFile());
                OutputStream output = new BufferedOutputStream(disk.apply(raw))) {
            content.writeTo(output);
            output.flush();
            raw.getFD().sync();
        }
    }

    private static byte[] bytes(JsonElement json) {
        return (GSON.toJson(json) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** No file system exchanges two folders in one step through Java: the older one steps aside and comes back if need be. */
    private void putInPlace(Path draft) throws IOException {
        if (!Files.exists(folder)) {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path replaced = sibling(ArchiveLayout.REPLACED);
        Files.move(folder, replaced, StandardCopyOption.ATOMIC_MOVE);
        try {
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.move(replaced, folder, StandardCopyOption.ATOMIC_MOVE);
            throw e;
        }
        delete(replaced);
    }

    private Path sibling(String end) {
        return parent.resolve("." + folder.getFileName() + "." + UUID.randomUUID() + end);
    }

    /** Deletes a folder of such files. */
    private static void delete(Path archive) throws IOException {
        for (String file : ArchiveLayout.FILES) {
            Files.deleteIfExists(archive.resolve(file));
        }
        Files.deleteIfExists(archive);
    }
}
