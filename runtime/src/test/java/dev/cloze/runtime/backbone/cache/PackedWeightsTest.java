package dev.cloze.runtime.backbone.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.OneDnn;
import dev.cloze.runtime.engine.TensorList;
import dev.cloze.runtime.engine.TensorStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When there is a second copy of the matrices. */
class PackedWeightsTest {

    private static final KernelSource PACK = new KernelSource("pack", """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              def pack(self: __torch__.Kernel,
                  weights: List[Tensor]) -> List[Tensor]:
                return weights
            """);

    private final NDManager memory = NativeMemory.open(ComputeDevice.CPU);
    private final Kernel kernel = Kernel.compile(memory, PACK);
    private final List<NDArray> weights = List.of(memory.ones(new Shape(10, 20)), memory.ones(new Shape(5)));
    private final TensorList list = TensorList.of(weights);
    private final TensorList none = TensorList.of(List.of(memory.create(0f)));
    private final int open = TensorStore.open();

    @BeforeEach
    void findOneDnn() {
        assumeTrue(OneDnn.packs(ComputeDevice.CPU), "this libtorch has no oneDNN");
    }

    @AfterEach
    void free() {
        list.close();
        none.close();
        kernel.close();
        memory.close();
        assertThat(TensorStore.open()).isEqualTo(open);
    }

    @Test
    void itIsMadeWhenItIsFirstAskedForAndOnlyOnce() {
        try (PackedWeights packed = new PackedWeights(kernel, ComputeDevice.CPU, weights, list)) {
            assertThat(TensorStore.open()).isEqualTo(open);
            Object first = packed.orElse(none);
            assertThat(first).isInstanceOf(TensorStore.class).isSameAs(packed.orElse(none));
            assertThat(TensorStore.open()).isEqualTo(open + 1);
        }
    }

    @Test
    void thereIsNoneOfMoreBytesThanTheMost() {
        try (PackedWeights fitting = new PackedWeights(4 * 205, kernel, ComputeDevice.CPU, weights, list);
                PackedWeights tooLarge = new PackedWeights(4 * 205 - 1, kernel, ComputeDevice.CPU, weights, list)) {
            assertThat(fitting.orElse(none)).isInstanceOf(TensorStore.class);
            assertThat(tooLarge.orElse(none)).isSameAs(none);
        }
    }

    @Test
    void thereIsNoneOfWeightsThatAreTrained() {
        weights.get(1).setRequiresGradient(true);
        try (PackedWeights packed = new PackedWeights(kernel, ComputeDevice.CPU, weights, list)) {
            assertThat(packed.orElse(none)).isSameAs(none);
        }
    }
}
