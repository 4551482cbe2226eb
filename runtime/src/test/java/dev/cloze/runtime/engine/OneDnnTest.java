package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneDnnTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 15, 33})
    void itComputesWhatLibtorchComputesByItself(int rows) {
        KernelSource source = new KernelSource("linear", """
                class Kernel(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool

                  def forward(self: __torch__.Kernel,
                      x: Tensor,
                      weight: Tensor,
                      bias: Optional[Tensor]) -> Tensor:
                    return %s
                """.formatted(OneDnn.linear(ComputeDevice.CPU)));
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, source)) {
            NDArray x = memory.randomNormal(new Shape(rows, 96));
            NDArray weight = memory.randomNormal(new Shape(700, 96));
            NDArray bias = memory.randomNormal(new Shape(700));
            float[] expected = x.matMul(weight.transpose()).add(bias).toFloatArray();
            assertThat(kernel.infer(memory, "forward", x, weight, bias).toFloatArray())
                    .containsExactly(expected, within(1e-4f));
        }
    }
}
