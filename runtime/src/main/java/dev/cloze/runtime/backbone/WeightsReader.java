package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.NearestName;
import dev.cloze.problem.Problem;
import dev.cloze.runtime.checkpoint.Checkpoint;
import dev.cloze.runtime.checkpoint.tensor.FileRows;
import dev.cloze.runtime.engine.StoredNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a table of weights out of a checkpoint, under whichever of their names they stand there. For one thread. */
public final class WeightsReader implements WeightSource, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WeightsReader.class);

    private final Checkpoint checkpoint;
    private final BackboneFamily family;
    private final String model;
    private final Set<String> read = new LinkedHashSet<>();
    private @Nullable StoredNumbers numbers;

    /** A reader of this checkpoint; messages call it by the model's name. */
    public WeightsReader(Checkpoint checkpoint, BackboneFamily family, String model) {
        this.checkpoint = checkpoint;
        this.family = family;
        this.model = model;
    }

    /** The slot's tensor, in memory of libtorch's own. */
    @Override
    public NDArray weight(NDManager memory, WeightSlot slot) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < slot.parts().size(); i++) {
            String name = find(slot.parts().get(i));
            checkShape(name, slot.shapes().get(i), slot.configKeys());
            names.add(name);
        }
        NDArray whole = StoredNumbers.empty(memory, slot.transposed() ? slot.shape() : slot.joinedShape());
        long at = 0;
        for (String name : names) {
            at = write(memory, name, whole, at);
        }
        return slot.transposed() ? turned(memory, whole) : whole;
    }

    @Override
    public Optional<FileRows> rows(WeightSlot slot) {
        return slot.parts().size() == 1 && !slot.transposed()
                ? checkpoint.rows(find(slot.parts().get(0)))
                : Optional.empty();
    }

    /** Writes a tensor's numbers into the array from there on; says where they end. */
    private long write(NDManager memory, String name, NDArray whole, long at) {
        StoredNumbers present = numbers == null ? new StoredNumbers(memory) : numbers;
        numbers = present;
        long[] end = {at};
        checkpoint.read(name, present.stretch(), (bytes, type) -> end[0] += present.write(whole, end[0], type));
        return end[0];
    }

    /** The transposed matrix in its place, its numbers in the new order, which those of a mere view are not. */
    private static NDArray turned(NDManager memory, NDArray matrix) {
        try (NDManager scope = memory.newSubManager()) {
            matrix.attach(scope);
            NDArray transposed = matrix.transpose();
            NDArray turned = transposed.flatten().reshape(transposed.getShape());
            turned.attach(memory);
            return turned;
        }
    }

    @Override
    public void close() {
        if (numbers != null) {
            numbers.close();
            numbers = null;
        }
    }

    /** Whether the checkpoint has that tensor, under any of its names. */
    public boolean has(String name) {
        return candidates(name).stream().anyMatch(checkpoint.names()::contains);
    }

    /** Whether the checkpoint has nothing of these slots, of which there is at least one. */
    public boolean hasNoneOf(List<WeightSlot> slots) {
        return !slots.isEmpty()
                && slots.stream().flatMap(slot -> slot.parts().stream()).noneMatch(this::has);
    }

    /** Whether two tensors that are there hold the same numbers in the same shape. */
    boolean areEqual(String one, String other) {
        return checkpoint.areEqual(present(one), present(other));
    }

    private String present(String name) {
        return candidates(name).stream()
                .filter(checkpoint.names()::contains)
                .findFirst()
                .orElseThrow();
    }

    /** Logs what the checkpoint holds beyond what was read, in one line. */
    public void reportUnread() {
        List<String> unread = checkpoint.names().stream()
                .filter(name -> !read.contains(name) && !family.isTable(name))
                .sorted()
                .toList();
        if (!unread.isEmpty()) {
            LOG.info("{}: {} tensors of the checkpoint are not used: {}", model, unread.size(), shortened(unread));
        }
    }

    private static String shortened(List<String> names) {
        return names.size() <= 8
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 8)) + " and " + (names.size() - 8) + " more";
    }

    private String find(String name) {
        for (String candidate : candidates(name)) {
            if (checkpoint.names().contains(candidate)) {
                read.add(candidate);
                if (family.newerNames(name).contains(candidate)) {
                    read.add(name); // which nobody reads beside it
                }
                return candidate;
            }
        }
        throw new ClozeException(
                Problem.CHECKPOINT_MISSING_WEIGHT,
                "The checkpoint of " + model + " has no tensor " + name + ".\n  "
                        + (name.startsWith(family.basePrefix())
                                ? "It is incomplete, or of another model than its config.json says."
                                : "It belongs to " + family.head() + ".\n"
                                        + "  Take the checkpoint of the pretrained model,"
                                        + " not of one fine-tuned without its head.")
                        + " " + NearestName.suggestion(name, checkpoint.names()));
    }

    private List<String> candidates(String name) {
        List<String> names = new ArrayList<>(family.newerNames(name));
        names.add(name);
        names.addAll(family.otherNames(name));
        if (name.startsWith(family.basePrefix())) {
            names.add(name.substring(family.basePrefix().length()));
        }
        for (String each : List.copyOf(names)) {
            if (each.endsWith("LayerNorm.weight")) {
                names.add(each.replace("LayerNorm.weight", "LayerNorm.gamma"));
            } else if (each.endsWith("LayerNorm.bias")) {
                names.add(each.replace("LayerNorm.bias", "LayerNorm.beta"));
            }
        }
        return names;
    }

    private void checkShape(String name, long[] shape, String configKeys) {
        long[] found = checkpoint.shape(name);
        if (!Arrays.equals(found, shape)) {
            throw new ClozeException(
                    Problem.CHECKPOINT_SHAPE,
                    "The tensor " + name + " of " + model + " has shape " + Arrays.toString(found)
                            + ", but config.json makes it " + Arrays.toString(shape) + " (by "
                            + configKeys
                            + ").\n"
                            + "  The checkpoint and config.json are of different models; take both from the same"
                            + " place.");
        }
    }
}
