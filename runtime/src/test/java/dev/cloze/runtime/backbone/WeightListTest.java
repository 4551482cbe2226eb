package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.WeightList.Cut;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.ComputePrecision;
import dev.cloze.runtime.engine.InstructionSet;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.OneDnn;
import dev.cloze.runtime.engine.TensorList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When matrices are packed, what then stays, and that they come back as they were. */
class WeightListTest {

    private final NDManager memory = NativeMemory.open(ComputeDevice.CPU);
    private final Packing packing = new Packing(ComputeDevice.CPU);
    private final NDArray matrix = memory.randomNormal(new Shape(10, 21));
    private final NDArray bias = memory.randomNormal(new Shape(10));
    private final float[] numbers = matrix.toFloatArray();

    @BeforeEach
    void findOneDnn() {
        assumeTrue(OneDnn.isThere(ComputeDevice.CPU), "this libtorch has no oneDNN");
    }

    @AfterEach
    void free() {
        memory.close();
        packing.close();
    }

    private WeightList list(InstructionSet table, Cut... cuts) {
        return new WeightList("list", memory, packing, table.packedRows(), List.of(matrix, bias), List.of(cuts));
    }

    @Test
    void aPackedMatrixTakesThePlaceOfTheOtherAndComesBackAsItWas() {
        try (WeightList list = list(InstructionSet.AVX512)) {
            TensorList packed = list.forRows(1000);
            assertThat(packed).isSameAs(list.forRows(1));
            assertThat(packed.get(1)).isSameAs(bias);
            assertThat(matrix.isReleased()).isTrue();
            assertThat(bias.isReleased()).isFalse();
            try (NDManager other = NativeMemory.open(ComputeDevice.CPU)) {
                assertThat(list.copy(other, 0).toFloatArray()).isEqualTo(numbers);
            }
            TensorList plain = list.plain();
            assertThat(plain.get(0).toFloatArray()).isEqualTo(numbers);
            assertThat(plain.get(0).getShape()).isEqualTo(new Shape(10, 21));
            assertThat(list.plain()).isSameAs(plain);
            assertThat(list.forRows(1)).isSameAs(packed);
        }
    }

    @Test
    void whatIsReadAsItIsStays() {
        try (WeightList list = list(InstructionSet.AVX512)) {
            TensorList plain = list.plain();
            assertThat(list.forRows(1)).isNotSameAs(plain);
            assertThat(matrix.isReleased()).isFalse();
            assertThat(list.plain()).isSameAs(plain);
        }
    }

    @Test
    void whereManyRowsAreFasterAsItIsBothStay() {
        try (WeightList list = list(InstructionSet.AVX2)) {
            TensorList packed = list.forRows(64);
            assertThat(list.forRows(65)).isSameAs(list.plain()).isNotSameAs(packed);
            assertThat(matrix.isReleased()).isFalse();
        }
    }

    /** In bfloat16 a matrix that was stored so is there once; of another there is no way back. */
    @Test
    void inBfloat16OnlyWhatWasStoredSoIsGivenUp() {
        assumeTrue(ComputePrecision.isThere(ComputeDevice.CPU), "this machine has no products in bfloat16");
        NDArray stored = memory.arange(0f, 210f, 1f).reshape(10, 21); // whole numbers below 256 have eight bits
        float[] whole = stored.toFloatArray();
        try (Packing halving = new Packing(ComputeDevice.CPU.at(ComputePrecision.BFLOAT16));
                WeightList list = new WeightList(
                        "list", memory, halving, Integer.MAX_VALUE, List.of(stored, matrix), List.of())) {
            list.forRows(1);
            assertThat(stored.isReleased()).isTrue();
            assertThat(matrix.isReleased()).isFalse();
            assertThat(list.plain().get(0).toFloatArray()).isEqualTo(whole);
            assertThat(list.plain().get(1).toFloatArray()).isEqualTo(numbers);
        }
    }

    @Test
    void cutsArePackedBehindTheOthers() {
        try (WeightList list = list(InstructionSet.AVX512, new Cut(0, 2, 3))) {
            NDArray cut = list.forRows(1).get(2);
            try (NDArray rows = packing.unpack(memory, cut)) {
                assertThat(rows.getShape()).isEqualTo(new Shape(3, 21));
                assertThat(rows.toFloatArray()).isEqualTo(java.util.Arrays.copyOfRange(numbers, 42, 105));
            }
        }
    }

    @Test
    void whetherAPackedMatrixIsFiniteIsSeenWithoutKeepingAnother() {
        try (WeightList list = list(InstructionSet.AVX512)) {
            list.forRows(1);
            int arrays = memory.getManagedArrays().size();
            assertThat(list.isFinite(0)).isTrue();
            assertThat(list.isFinite(1)).isTrue();
            assertThat(memory.getManagedArrays()).hasSize(arrays);
        }
    }

    @Test
    void aNumberThatIsNoneIsSeenInAPackedMatrixToo() {
        matrix.set(new NDIndex(3, 4), Float.NaN);
        try (WeightList list = list(InstructionSet.AVX512)) {
            assertThat(list.isFinite(0)).isFalse();
            list.forRows(1);
            assertThat(list.isFinite(0)).isFalse();
            assertThat(list.isFinite(1)).isTrue();
        }
    }

    @Test
    void whatIsTrainedIsNeverPacked() {
        bias.setRequiresGradient(true);
        try (WeightList list = list(InstructionSet.AVX512)) {
            assertThat(list.forRows(1)).isSameAs(list.plain());
            assertThat(list.packs(1)).isFalse();
        }
    }
}
