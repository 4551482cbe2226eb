package dev.cloze.runtime.backbone;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A weight that is there as it is, packed, in 16 bits, or several of these; what is no matrix is only there as it is. */
final class PackableWeight {

    private final Packing packing;
    private final boolean matrix;
    private @Nullable NDArray plain;
    private @Nullable NDArray packed;
    private @Nullable HalvedMatrices halves;
    private int place;

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
            plain = again(memory);
        }
        return plain;
    }

    /** As it was, out of what has taken its place. */
    private NDArray again(NDManager memory) {
        return halves == null ? packing.unpack(memory, Objects.requireNonNull(packed)) : halves.unpack(memory, place);
    }

    /** Whether it is a matrix. */
    boolean isMatrix() {
        return matrix;
    }

    /** Whether it stays what it is in 16 bits, if it is a matrix. */
    boolean fits(HalvedMatrices halved, NDManager memory) {
        try (NDManager scope = memory.newSubManager()) {
            return !matrix || halved.fits(plain == null ? again(scope) : plain);
        }
    }

    /** Whether its numbers are finite. */
    boolean isFinite(NDManager memory) {
        try (NDManager scope = memory.newSubManager()) {
            return FiniteWeights.isFinite(plain == null ? again(scope) : plain);
        }
    }

    /** Adds it to matrices of 16 bits; what is there as it is is given up if that is asked for. */
    void halve(NDManager memory, HalvedMatrices into, boolean release) {
        try (NDManager scope = memory.newSubManager()) {
            place = into.add(plain == null ? again(scope) : plain);
        }
        halves = into;
        if (release && plain != null) {
            plain.close();
            plain = null;
        }
    }

    /** Packed; the other is given up if that is asked for and it can be had again. */
    NDArray packed(NDManager memory, boolean release) {
        if (!matrix) {
            return Objects.requireNonNull(plain);
        }
        if (packed == null) {
            packed = pack(memory);
        }
        if (release && plain != null && packing.isExact(plain)) {
            plain.close();
            plain = null;
        }
        return packed;
    }

    private NDArray pack(NDManager memory) {
        try (NDManager scope = memory.newSubManager()) {
            return packing.pack(memory, plain == null ? again(scope) : plain);
        }
    }

    /** Some of its rows, packed. */
    NDArray packRows(NDManager memory, long from, long rows) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray whole = plain == null ? again(scope) : plain;
            return packing.pack(memory, whole, from, rows);
        }
    }

    /** A copy as it is, in that memory. */
    NDArray copy(NDManager owner) {
        if (plain == null) {
            return again(owner);
        }
        NDArray copy = plain.duplicate();
        copy.attach(owner);
        return copy;
    }
}
