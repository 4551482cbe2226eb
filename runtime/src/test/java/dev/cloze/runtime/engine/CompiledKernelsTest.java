package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.Test;

class CompiledKernelsTest {

    private static final String SOURCE = """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              def forward(self: __torch__.Kernel,
                  x: Tensor) -> Tensor:
                return torch.add(x, %d)
            """;

    private final NDManager memory = NativeMemory.open(ComputeDevice.CPU);

    @Test
    void whoeverNeedsOneSharesItAndItIsKeptForTheNext() {
        try (memory) {
            KernelSource source = new KernelSource("shared", SOURCE.formatted(3));
            CompiledKernels.Shared one = CompiledKernels.lease(memory, source);
            assertThat(CompiledKernels.lease(memory, source)).isSameAs(one);
            one.giveBack();
            one.giveBack();

            CompiledKernels.Shared later = CompiledKernels.lease(memory, source);

            assertThat(later).isSameAs(one);
            later.giveBack();
        }
    }

    @Test
    void aKernelThatIsGivenBackTwiceDoesNotTakeItFromOthers() {
        try (memory) {
            KernelSource source = new KernelSource("shared", SOURCE.formatted(4));
            Kernel given = Kernel.compile(memory, source);
            try (Kernel other = Kernel.compile(memory, source)) {
                given.close();
                given.close();
                for (int i = 0; i <= CompiledKernels.KEPT; i++) {
                    Kernel.compile(memory, new KernelSource("next", SOURCE.formatted(100 + i)))
                            .close();
                }
                NDArray sum = other.infer(memory, "forward", memory.create(1f));
                assertThat(sum.getFloat()).isEqualTo(5);
            }
        }
    }

    @Test
    void noMoreThanAFewAreKept() {
        try (memory) {
            for (int i = 0; i < CompiledKernels.KEPT + 5; i++) {
                Kernel.compile(memory, new KernelSource("many", SOURCE.formatted(200 + i)))
                        .close();
            }
            assertThat(CompiledKernels.kept()).isEqualTo(CompiledKernels.KEPT);
        }
    }
}
