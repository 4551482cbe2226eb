package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OneDnnTest {

    private static final String SOURCE = """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

            %s

              def product(self: __torch__.Kernel,
                  x: Tensor,
                  weight: Tensor,
                  bias: Optional[Tensor]) -> Tensor:
                return (self).linear(x, (self).packed(weight, ), bias, )

              def activatedProduct(self: __torch__.Kernel,
                  x: Tensor,
                  weight: Tensor,
                  bias: Optional[Tensor]) -> Tensor:
                return (self).activated(x, (self).packed(weight, ), bias, )

              def addedProduct(self: __torch__.Kernel,
                  before: Tensor,
                  x: Tensor,
                  weight: Tensor,
                  bias: Optional[Tensor]) -> Tensor:
                return (self).added(before, x, (self).packed(weight, ), bias, 0., 0, )

              def activation(self: __torch__.Kernel,
                  x: Tensor) -> Tensor:
                return (self).activate(x, "${activation}", )

              def packed(self: __torch__.Kernel,
                  weight: Tensor) -> Tensor:
                return %s
            """;

    private static Kernel kernel(NDManager memory, String activation) {
        Map<String, String> constants = new HashMap<>(OneDnn.constants(ComputeDevice.CPU, activation));
        constants.put("activation", activation);
        String packed = OneDnn.isThere(ComputeDevice.CPU) ? "ops.mkldnn._reorder_linear_weight(weight, 8)" : "weight";
        return Kernel.compile(
                memory,
                KernelSource.of("products", SOURCE.formatted("  ${layers.py}\n\n  ${packed.py}", packed), constants));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 15, 33, 300})
    void itComputesWhatLibtorchComputesByItself(int rows) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = kernel(memory, "gelu")) {
            NDArray x = memory.randomNormal(new Shape(rows, 96));
            NDArray weight = memory.randomNormal(new Shape(700, 96));
            NDArray bias = memory.randomNormal(new Shape(700));
            NDArray before = memory.randomNormal(new Shape(rows, 700));
            NDArray expected = x.matMul(weight.transpose()).add(bias);
            assertThat(kernel.infer(memory, "product", x, weight, bias).toFloatArray())
                    .containsExactly(expected.toFloatArray(), within(1e-4f));
            assertThat(kernel.infer(memory, "addedProduct", before, x, weight, bias)
                            .toFloatArray())
                    .containsExactly(expected.add(before).toFloatArray(), within(1e-4f));
        }
    }

    /** Products go through the whole range in which an activation is neither 0 nor its argument. */
    @ParameterizedTest
    @CsvSource({"gelu", "gelu_tanh", "relu", "silu"})
    void activationsInProductsAreThoseOutsideOfThem(String activation) {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = kernel(memory, activation)) {
            NDArray x = memory.arange(2400f).mul(0.01f).sub(12).reshape(150, 16);
            NDArray identity = memory.eye(16);
            NDArray none = memory.zeros(new Shape(16));
            float[] expected = kernel.infer(memory, "activation", x).toFloatArray();
            assertThat(kernel.infer(memory, "activatedProduct", x, identity, none)
                            .toFloatArray())
                    .containsExactly(expected, within(1e-6f));
        }
    }

    @Test
    void otherDevicesAreGivenNoneOfIt() {
        assertThat(OneDnn.constants(new ComputeDevice(0), "gelu").values())
                .noneMatch(text -> text.contains("mkldnn"))
                .contains("False");
    }
}
