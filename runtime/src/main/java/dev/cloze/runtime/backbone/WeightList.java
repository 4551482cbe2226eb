package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cloze.runtime.engine.FreedMemory;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.runtime.engine.TensorStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Weights as kernels take them: as they are, to infer with their matrices packed, and to write with them in 16 bits, where they were
 * stored so.
 *
 * <p>Where packed matrices serve any number of rows, they take the place of the others, which are made again when something
 * reads them, training with a frozen model say, and then stay. Weights that are trained are never packed.
 */
public final class WeightList implements AutoCloseable {

    /** A second copy may not fit into memory. */
    private static final long MOST_BYTES_OF_COPIES = 1L << 30;

    /**
     * Some rows of one of the matrices, with which kernels multiply by themselves: packed matrices can't be cut.
     *
     * @param index which matrix
     * @param from the first row
     * @param rows how many
     */
    public record Cut(int index, long from, long rows) {}

    /**
     * The list with its matrices in 16 bits.
     *
     * @param others the list, an empty array for each matrix
     * @param matrices these, in their order
     */
    public record Halved(TensorList others, TensorStore matrices) {}

    private final String name;
    private final NDManager memory;
    private final Packing packing;
    private final List<PackableWeight> weights;
    private final List<Cut> cuts;
    private final int packedRows;
    private final boolean packs;
    private final boolean replaces;

    private @Nullable TensorList plain;
    private @Nullable TensorList packed;
    private @Nullable HalvedMatrices halves;
    private @Nullable Halved halved;
    private boolean asked;
    private boolean plainAreRead;

    WeightList(String name, NDManager memory, Packing packing, int packedRows, List<NDArray> arrays, List<Cut> cuts) {
        this(
                name,
                memory,
                packing,
                packedRows,
                arrays,
                cuts,
                TensorList.named(name, arrays),
                packedRows == Integer.MAX_VALUE);
    }

    private WeightList(
            String name,
            NDManager memory,
            Packing packing,
            int packedRows,
            List<NDArray> arrays,
            List<Cut> cuts,
            @Nullable TensorList plain,
            boolean replaces) {
        this.name = name;
        this.memory = memory;
        this.packing = packing;
        this.weights =
                arrays.stream().map(array -> new PackableWeight(packing, array)).toList();
        this.cuts = cuts;
        this.packedRows = packedRows;
        long bytes = arrays.stream().mapToLong(array -> 4 * array.size()).sum();
        this.packs = packing.isThere()
                && arrays.stream().allMatch(array -> array.getDataType() == DataType.FLOAT32)
                && (replaces || bytes <= MOST_BYTES_OF_COPIES)
                && arrays.stream().noneMatch(NDArray::hasGradient);
        this.plain = plain;
        this.replaces = replaces;
    }

    /** A matrix that is in another list too, where it is read in other ways, and which may give it up when this has halved it. */
    static WeightList copy(NDManager memory, Packing packing, int packedRows, NDArray matrix) {
        List<NDArray> one = List.of(matrix);
        return new WeightList("copy", memory, packing, packedRows, one, List.of(), null, false);
    }

    /** The list as it is: for training, and for whoever reads the matrices. */
    public synchronized TensorList plain() {
        plainAreRead = true;
        if (plain == null) {
            plain = TensorList.named(
                    name, weights.stream().map(weight -> weight.plain(memory)).toList());
        }
        return plain;
    }

    /** Whether products of so many rows are done with packed matrices. */
    public boolean packs(long rows) {
        return packs && rows <= packedRows;
    }

    /** The list to infer with, for products of so many rows: packed, and behind it the cuts; or as it is. */
    public synchronized TensorList forRows(long rows) {
        if (!packs(rows)) {
            return plain();
        }
        if (packed == null) {
            packed = pack();
        }
        return packed;
    }

    private TensorList pack() {
        boolean release = releasePlain();
        List<NDArray> parts = new ArrayList<>();
        cuts.forEach(cut -> parts.add(weights.get(cut.index()).packRows(memory, cut.from(), cut.rows())));
        List<NDArray> all = new ArrayList<>();
        weights.forEach(weight -> all.add(weight.packed(memory, release)));
        all.addAll(parts);
        if (release) {
            FreedMemory.giveBack();
        }
        return TensorList.of(all);
    }

    /** The list to write with, where all its matrices have 16 bits each number; they then take the place of the others. */
    public synchronized Optional<Halved> halved() {
        if (!asked) {
            asked = true;
            if (packs && packing.halves()) {
                HalvedMatrices matrices = new HalvedMatrices(memory, packing.device());
                halves = matrices;
                halved = weights.stream().allMatch(weight -> weight.fits(matrices, memory)) ? halve(matrices) : null;
            }
        }
        return Optional.ofNullable(halved);
    }

    private Halved halve(HalvedMatrices matrices) {
        boolean release = releasePlain();
        List<NDArray> others = new ArrayList<>();
        for (PackableWeight weight : weights) {
            if (weight.isMatrix()) {
                weight.halve(memory, matrices, release);
                others.add(memory.create(new float[0]));
            } else {
                others.add(weight.plain(memory));
            }
        }
        if (release) {
            FreedMemory.giveBack();
        }
        return new Halved(TensorList.of(others), matrices.store());
    }

    /** Whether what is there as it is is given up once it is there in another form; the list of it then goes first. */
    private boolean releasePlain() {
        boolean release = replaces && !plainAreRead;
        if (release && plain != null) {
            plain.close(); // it holds what is released
            plain = null;
        }
        return release;
    }

    /** One of its arrays as it is, to be read at once. */
    public synchronized NDArray get(int index) {
        return weights.get(index).isPlain() ? weights.get(index).plain(memory) : plain().get(index);
    }

    /** Whether one of its arrays is finite; one that is there in another form is made again for this long. */
    synchronized boolean isFinite(int index) {
        return weights.get(index).isFinite(memory);
    }

    /** A copy of one of its arrays, in that memory. */
    synchronized NDArray copy(NDManager owner, int index) {
        return weights.get(index).copy(owner);
    }

    /** The matrix of a copy out of its 16 bits, in that memory, where the one it was made of has been given up. */
    synchronized NDArray again(NDManager owner) {
        return Objects.requireNonNull(halves).unpack(owner, 0);
    }

    /** Its handles; the arrays go with their memory. */
    @Override
    public synchronized void close() {
        if (plain != null) {
            plain.close();
        }
        if (packed != null) {
            packed.close();
        }
        if (halved != null) {
            halved.others().close();
        }
        if (halves != null) {
            halves.close();
        }
    }
}
