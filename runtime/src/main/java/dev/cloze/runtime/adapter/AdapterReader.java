package dev.cloze.runtime.adapter;

import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.npy.NpyFile;
import dev.cloze.runtime.checkpoint.tensor.Tensor;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;

/** Reads PEFT's folders, and arrays of NumPy as google-research/prompt-tuning keeps its prompts. */
public final class AdapterReader {

    /** Under which {@link AdapterWriter} notes the hash of the model's weights. */
    static final String BASE_HASH = "base_sha256";

    private static final int ONLY = -1;

    private AdapterReader() {}

    /** Whether something looks like an adapter: a folder with an {@code adapter_config.json}, or a file {@code .npy}. */
    public static boolean isAdapter(Path place) {
        return isArray(place) || Files.exists(place.resolve(AdapterFolder.CONFIG));
    }

    private static boolean isArray(Path place) {
        Path name = place.getFileName();
        return name != null && name.toString().toLowerCase(Locale.ROOT).endsWith(".npy") && !Files.isDirectory(place);
    }

    /**
     * An adapter of one task.
     *
     * @throws ClozeException ADAPTER_UNREADABLE where it is damaged or leads out of its folder, ADAPTER_UNSUPPORTED where it is
     *     of another kind, MODEL_NOT_FINITE where a number is none; CHECKPOINT_CORRUPT, CHECKPOINT_TYPE or CHECKPOINT_UNSAFE
     *     where the file of its numbers can't be read
     */
    public static Adapter read(Path place) {
        return read(place, ONLY);
    }

    /**
     * What one of several tasks has of an adapter.
     *
     * @param task its number, from 0
     */
    public static Adapter read(Path place, int task) {
        return isArray(place) ? ofArray(place) : ofFolder(place, task);
    }

    /**
     * A prompt that several tasks share.
     *
     * @throws ClozeException as {@link #read(Path)}; ADAPTER_UNSUPPORTED where it is of another kind
     */
    public static MultitaskAdapter readShared(Path place) {
        AdapterFolder folder = new AdapterFolder(place);
        PeftConfig config = PeftConfigReader.read(folder.require(AdapterFolder.CONFIG));
        if (config.type() != PeftType.MULTITASK_PROMPT_TUNING) {
            throw new ClozeException(
                    Problem.ADAPTER_UNSUPPORTED,
                    "The adapter " + place + " is of PEFT's kind " + config.type()
                            + ", and a prompt that tasks share is MULTITASK_PROMPT_TUNING.\n  Virtual tokens of one task"
                            + " are a start of @PromptTuning(file = \"...\").");
        }
        try (Checkpoint checkpoint = Checkpoint.openFile(weights(folder))) {
            return MultitaskAdapter.read(place, config, checkpoint, hash(checkpoint));
        }
    }

    private static Path weights(AdapterFolder folder) {
        return folder.find(AdapterFolder.WEIGHTS)
                .or(() -> folder.find(AdapterFolder.OLDER_WEIGHTS))
                .orElseGet(() -> folder.require(AdapterFolder.WEIGHTS));
    }

    private static String hash(Checkpoint checkpoint) {
        return Objects.requireNonNullElse(checkpoint.metadata().get(BASE_HASH), "");
    }

    private static Adapter ofArray(Path file) {
        Tensor array = NpyFile.read(file);
        long[] shape = array.shape();
        if (shape.length != 2 || shape[0] < 1 || shape[1] < 1) {
            throw new ClozeException(
                    Problem.ADAPTER_UNREADABLE,
                    "The array " + file + " has the shape " + Arrays.toString(shape)
                            + ", and a prompt has two axes: virtual tokens, and the numbers of each."
                            + "\n  Save it as such: numpy.save(file, prompt.reshape(tokens, size)).");
        }
        PeftConfig config = PeftConfig.ofArray((int) shape[0], (int) shape[1]);
        return new Adapter(file, config, finite(file, "the array", array), "");
    }

    private static Adapter ofFolder(Path place, int task) {
        AdapterFolder folder = new AdapterFolder(place);
        PeftConfig config = PeftConfigReader.read(folder.require(AdapterFolder.CONFIG));
        try (Checkpoint checkpoint = Checkpoint.openFile(weights(folder))) {
            String hash = hash(checkpoint);
            if (config.type() == PeftType.MULTITASK_PROMPT_TUNING) {
                MultitaskAdapter shared = MultitaskAdapter.read(place, config, checkpoint, hash);
                return task == ONLY ? shared.ofOnlyTask() : shared.of(task);
            }
            return new Adapter(place, config, vectors(place, config, checkpoint), hash);
        }
    }

    private static Tensor vectors(Path place, PeftConfig config, Checkpoint checkpoint) {
        boolean prefix = config.type() == PeftType.PREFIX_TUNING;
        // Of virtual tokens for an encoder and a decoder PEFT puts the first half before the encoder's text, the other
        // nowhere.
        long rows = prefix ? config.length() : (long) config.length() * config.submodules();
        long width = prefix ? config.prefixWidth() : config.tokenDim();
        Tensor all = tensor(place, checkpoint, Adapter.VECTORS, rows, width);
        return Tensor.of(firstRows(all, config.length(), (int) width), config.length(), width);
    }

    private static float[] firstRows(Tensor tensor, int rows, int width) {
        float[] numbers = new float[Math.multiplyExact(rows, width)];
        tensor.data().duplicate().get(numbers);
        return numbers;
    }

    /** A tensor of that shape, copied and finite. */
    static Tensor tensor(Path place, Checkpoint checkpoint, String name, long... shape) {
        if (!checkpoint.names().contains(name)) {
            throw PeftConfigReader.unreadable(
                    checkpoint.source(), "it has no tensor " + name + ", but " + checkpoint.names(), null);
        }
        long[] found = checkpoint.shape(name);
        if (!Arrays.equals(found, shape)) {
            throw PeftConfigReader.unreadable(
                    checkpoint.source(),
                    name + " has the shape " + Arrays.toString(found) + ", and " + AdapterFolder.CONFIG
                            + " beside it makes it " + Arrays.toString(shape),
                    null);
        }
        FloatBuffer stored = checkpoint.floats(name);
        float[] numbers = new float[stored.remaining()];
        stored.duplicate().get(numbers); // the file may be gone when they are used
        return finite(place, "\"" + name + "\"", Tensor.of(numbers, shape));
    }

    private static Tensor finite(Path place, String name, Tensor tensor) {
        FloatBuffer numbers = tensor.data().duplicate();
        for (int i = 0; numbers.hasRemaining(); i++) {
            float number = numbers.get();
            if (!Float.isFinite(number)) {
                throw new ClozeException(
                        Problem.MODEL_NOT_FINITE,
                        "The prompt " + place + " has numbers that are not finite: number " + i + " of " + name + " is "
                                + number
                                + ".\n"
                                + "  Every prediction would be nothing. Its training has failed: train it again with a"
                                + " smaller learning rate.");
            }
        }
        return tensor;
    }
}
