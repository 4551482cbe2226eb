package dev.cloze.runtime.checkpoint;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.file.Damaged;
import dev.cloze.runtime.checkpoint.safetensors.SafetensorsFile;
import dev.cloze.runtime.checkpoint.tensor.FileRows;
import dev.cloze.runtime.checkpoint.tensor.HeldTensors;
import dev.cloze.runtime.checkpoint.tensor.PrefixedFile;
import dev.cloze.runtime.checkpoint.tensor.Stretches;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import dev.cloze.runtime.checkpoint.tensor.WeightsFile;
import dev.cloze.runtime.checkpoint.torch.TorchFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The weights of a model, read tensor by tensor from safetensors or from {@code torch.save} files, in one file or in
 * shards.
 *
 * <p>Only descriptions are read when it is opened. It may be used from several threads. Buffers that were handed out
 * stay valid after {@link #close()}.
 */
public final class Checkpoint implements AutoCloseable {

    private final Path source;
    private final List<WeightsFile> files;
    private final Map<String, WeightsFile> fileOf;
    private volatile boolean closed;

    Checkpoint(Path source, List<WeightsFile> files, Map<String, WeightsFile> fileOf) {
        this.source = source;
        this.files = List.copyOf(files);
        this.fileOf = Collections.unmodifiableMap(new TreeMap<>(fileOf));
    }

    /**
     * Opens the weights in a Hugging Face model folder: {@code model.safetensors}, its sharded index,
     * {@code pytorch_model.bin}, or its sharded index, the first that is there.
     *
     * @throws ClozeException MODEL_INCOMPLETE if no weights or not all of them are there, CHECKPOINT_CORRUPT,
     *     CHECKPOINT_TYPE or CHECKPOINT_UNSAFE if they cannot be read
     */
    public static Checkpoint open(Path modelFolder) {
        Path weights = WeightsLayout.find(modelFolder).orElseThrow(() -> WeightsLayout.missing(modelFolder));
        return weights.getFileName().toString().endsWith(".json") ? ShardedCheckpoint.open(weights) : openFile(weights);
    }

    /** Opens one {@code .safetensors} or {@code torch.save} file; errors as of {@link #open}. */
    public static Checkpoint openFile(Path file) {
        WeightsFile opened = openWeights(file);
        Map<String, WeightsFile> fileOf = new TreeMap<>();
        opened.names().forEach(name -> fileOf.put(name, opened));
        return new Checkpoint(file, List.of(opened), fileOf);
    }

    /**
     * Tensors that are in memory, as if they had been read from there.
     *
     * @param source where they come from, for messages
     */
    public static Checkpoint of(Path source, Map<String, Tensor> tensors) {
        WeightsFile held = new HeldTensors(Map.copyOf(tensors));
        Map<String, WeightsFile> fileOf = new TreeMap<>();
        tensors.keySet().forEach(name -> fileOf.put(name, held));
        return new Checkpoint(source, List.of(held), fileOf);
    }

    static WeightsFile openWeights(Path file) {
        try {
            refusePointer(file);
            return file.getFileName().toString().endsWith(".safetensors")
                    ? SafetensorsFile.open(file)
                    : TorchFile.open(file);
        } catch (IOException e) {
            throw Damaged.file(file, "it cannot be read (" + e + ")", e);
        }
    }

    /** The names of all tensors, in alphabetical order. */
    public Set<String> names() {
        return fileOf.keySet();
    }

    /** A view without some tensors, which closes with it. */
    public Checkpoint without(Set<String> names) {
        Map<String, WeightsFile> others = new TreeMap<>(fileOf);
        others.keySet().removeAll(names);
        return new Checkpoint(source, files, others);
    }

    /** The length of each axis of a tensor; CHECKPOINT_MISSING_WEIGHT if there is none of that name. */
    public long[] shape(String name) {
        return file(name).shape(name);
    }

    /** The type of a tensor's numbers as it is stored ({@code "f32"}, {@code "bf16"}, {@code "i64"}, ...). */
    public String type(String name) {
        return file(name).type(name).shown();
    }

    /**
     * The numbers of a tensor in row-major order as f32; f16, bf16 and f64 are converted.
     *
     * @throws ClozeException CHECKPOINT_MISSING_WEIGHT if there is none of that name, CHECKPOINT_TYPE if it holds
     *     integers
     */
    public FloatBuffer floats(String name) {
        return floating(name).floats(name);
    }

    /**
     * Hands over the same numbers as they are stored, a stretch at a time, so that they need no memory of their own.
     *
     * @param stretch what each stretch is read into; of 8 bytes or more
     * @throws ClozeException as {@link #floats}
     */
    public void read(String name, ByteBuffer stretch, Stretches taker) {
        floating(name).read(name, stretch, taker);
    }

    /**
     * Whether two tensors have the same shape and hold the same f32, read a part at a time: 0 and -0 are the same, and so are
     * all NaN.
     *
     * @throws ClozeException as {@link #floats}
     */
    public boolean areEqual(String one, String other) {
        return Arrays.equals(shape(one), shape(other))
                && floating(one).run(one).hasNumbersOf(floating(other).run(other));
    }

    /**
     * The rows of a matrix of a tensor's file, if they can be read one by one after this has been closed.
     *
     * @throws ClozeException as {@link #floats}
     */
    public Optional<FileRows> rows(String name) {
        return floating(name).rows(name);
    }

    private WeightsFile floating(String name) {
        WeightsFile file = file(name);
        if (!file.type(name).floating()) {
            throw new ClozeException(
                    Problem.CHECKPOINT_TYPE,
                    "The tensor \"" + name + "\" of " + source + " holds integers (" + type(name)
                            + ") and was asked for as weights.\n  Weights are f32, f16, bf16 or f64.");
        }
        return file;
    }

    /** What was written beside the tensors of a safetensors file; nothing for other formats. */
    public Map<String, String> metadata() {
        return files.size() == 1 && files.get(0) instanceof SafetensorsFile file
                ? Map.copyOf(file.metadata())
                : Map.of();
    }

    /** The file or the index it was opened from. */
    public Path source() {
        return source;
    }

    /**
     * The tensors whose names begin so, by the rest of their names: a view that is of use as long as this checkpoint is open,
     * which stays the one to be closed.
     */
    public Checkpoint beneath(String prefix) {
        Map<String, WeightsFile> part = new TreeMap<>();
        fileOf.forEach((name, file) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), new PrefixedFile(prefix, file));
            }
        });
        return new Checkpoint(source, List.of(), part);
    }

    /** Closes the files. */
    @Override
    public void close() {
        closed = true;
        closeAll(files);
    }

    static void closeAll(List<WeightsFile> files) {
        List<IOException> failures = new ArrayList<>();
        for (WeightsFile file : files) {
            try {
                file.close();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw new UncheckedIOException(failures.get(0));
        }
    }

    private WeightsFile file(String name) {
        if (closed) {
            throw new IllegalStateException("the checkpoint " + source + " is closed");
        }
        return Optional.ofNullable(fileOf.get(name))
                .orElseThrow(() -> new ClozeException(
                        Problem.CHECKPOINT_MISSING_WEIGHT,
                        "The checkpoint " + source + " has no tensor \"" + name + "\".\n  "
                                + NearestName.suggestion(name, names())));
    }

    /** A clone without Git LFS has small text files in place of the weights. */
    private static void refusePointer(Path file) throws IOException {
        byte[] start;
        try (var input = Files.newInputStream(file)) {
            start = input.readNBytes(24);
        }
        if (new String(start, java.nio.charset.StandardCharsets.US_ASCII).startsWith("version https://git-lfs")) {
            throw Damaged.file(file, "it is a Git LFS pointer in place of the weights (\"git lfs pull\" fetches them)");
        }
    }
}
