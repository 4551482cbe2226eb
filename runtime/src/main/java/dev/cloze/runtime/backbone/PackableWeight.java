package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A weight that is there as it is, packed, or both; what is no matrix is never packed. */
final class PackableWeight {

    private final Packing packing;
    private final boolean matrix;
    private @Nullable NDArray plain;
    private @Nullable NDArray packed;

    PackableWeight(Packing packing, NDArray plain) {
        this.packing = packing;
        this.plain = plain;
        this.matrix = plain.getShape().dimension() == 2;
    }

    /** Whether it is there as it is. */
    boolean isPlain() {
        return plain != null;
    }

    /** As it is; made again in that memory where it is there only packed. */
    NDArray plain(NDManager memory) {
        if (plain == null) {
            plain = packing.unpack(memory, Objects.requireNonNull(packed));
        }
        return plain;
    }

    /** Packed; the other is given up if that is asked for and it can be had again. */
    NDArray packed(NDManager memory, boolean release) {
        if (!matrix) {
            return Objects.requireNonNull(plain);
        }
        if (packed == null) {
            packed = packing.pack(memory, Objects.requireNonNull(plain));
        }
        if (release && plain != null && packing.isExact(plain)) {
            plain.close();
            plain = null;
        }
        return packed;
    }

    /** Some of its rows, packed. */
    NDArray packRows(NDManager memory, long from, long rows) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray whole = plain == null ? packing.unpack(scope, Objects.requireNonNull(packed)) : plain;
            return packing.pack(memory, whole, from, rows);
        }
    }

    /** A copy as it is, in that memory. */
    NDArray copy(NDManager owner) {
        if (plain == null) {
            return packing.unpack(owner, Objects.requireNonNull(packed));
        }
        NDArray copy = plain.duplicate();
        copy.attach(owner);
        return copy;
    }
}
