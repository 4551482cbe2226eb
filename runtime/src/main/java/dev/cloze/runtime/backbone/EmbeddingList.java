package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.FreedMemory;
import dev.cloze.runtime.engine.HalfFloats;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Embeddings as kernels take them, those of words (V, E) first: as they are, or words in 16 bits, where they were stored so, to
 * look them up. Then these take the place of the others, which are made again when something reads them, and then stay.
 */
public final class EmbeddingList implements AutoCloseable {

    private static final String NAME = "embedding";

    private final ComputeDevice device;
    private final List<NDArray> others;
    private @Nullable NDArray half;
    private @Nullable TensorList plain;
    private @Nullable TensorList halved;
    private boolean plainIsRead;

    /** These arrays, words first. */
    EmbeddingList(ComputeDevice device, List<NDArray> arrays) {
        this.device = device;
        this.others = List.copyOf(arrays.subList(1, arrays.size()));
        this.plain = with(arrays.get(0));
    }

    private TensorList with(NDArray first) {
        List<NDArray> all = new ArrayList<>(List.of(first));
        all.addAll(others);
        return TensorList.named(NAME, all);
    }

    /** The list as it is. */
    public synchronized TensorList plain() {
        plainIsRead = true;
        if (plain == null) {
            plain = with(asItWas());
        }
        return plain;
    }

    private NDArray asItWas() {
        return Objects.requireNonNull(half).toType(DataType.FLOAT32, true);
    }

    /** The list to look words up in: in 16 bits if they stay what they are, unless it has been read as it is already. */
    public synchronized TensorList lookUp() {
        if (halved == null && !plainIsRead) {
            NDArray table = get(0);
            if (HalfFloats.isThere(device) && !table.hasGradient() && fits(table)) {
                halved = halve(table);
            }
        }
        return present();
    }

    /** The list to look words up in now and then, as it is kept at the moment. */
    public synchronized TensorList present() {
        return halved == null || plainIsRead ? plain() : halved;
    }

    private boolean fits(NDArray table) {
        try (NDManager scope = table.getManager().newSubManager();
                HalvedMatrices matrices = new HalvedMatrices(scope, device)) {
            return matrices.fits(table);
        }
    }

    private TensorList halve(NDArray table) {
        NDArray lowered = table.toType(DataType.FLOAT16, true);
        half = lowered;
        Objects.requireNonNull(plain).close(); // it holds what is released
        plain = null;
        table.close();
        FreedMemory.giveBack();
        return with(lowered);
    }

    /** One of its arrays as it is, to be read at once. */
    public synchronized NDArray get(int index) {
        if (index > 0) {
            return others.get(index - 1);
        }
        return plain == null ? plain().get(0) : plain.get(0);
    }

    /** A copy of one of its arrays as it is, in that memory. */
    synchronized NDArray copy(NDManager owner, int index) {
        NDArray copy = index == 0 && plain == null ? asItWas() : get(index).duplicate();
        copy.attach(owner);
        return copy;
    }

    /** Its handles; the arrays go with their memory. */
    @Override
    public synchronized void close() {
        if (plain != null) {
            plain.close();
        }
        if (halved != null) {
            halved.close();
        }
    }
}
