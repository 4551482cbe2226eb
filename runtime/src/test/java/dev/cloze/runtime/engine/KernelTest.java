package dev.cloze.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.problem.ClozeException;
import dev.cloze.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class KernelTest {

    @Test
    void aConstantWithoutAValueIsNamed() {
        assertThatThrownBy(() -> KernelSource.read("encoder", Map.of("heads", "2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no value for the constant");
    }

    @Test
    void aKernelThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> KernelSource.read("missing", Map.of())).hasMessage("no kernel missing");
    }

    @Test
    void theSameSourceIsPackedByteForByteAlike() throws InterruptedException {
        byte[] first = KernelSource.read("tuning", Map.of()).pack();
        Thread.sleep(2100); // a zip counts time in steps of two seconds
        assertThat(KernelSource.read("tuning", Map.of()).pack()).isEqualTo(first);
    }

    @Test
    void anArchiveHasTheFilesThatLibtorchLooksFor() throws IOException {
        List<String> names = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(
                new ByteArrayInputStream(KernelSource.read("adamw", Map.of()).pack()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                names.add(entry.getName());
                assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
            }
        }
        assertThat(names)
                .containsExactlyInAnyOrder(
                        "kernel/data.pkl", "kernel/code/__torch__.py", "kernel/constants.pkl", "kernel/version");
    }

    @Test
    void aSourceThatDoesNotCompileIsAnEngineFailure() {
        KernelSource broken = new KernelSource("broken", """
                class Kernel(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.Kernel, x: Tensor) -> Tensor:
                    return torch.no_such_operator(x)
                """);
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU)) {
            ClozeException failure = catchThrowableOfType(ClozeException.class, () -> Kernel.compile(memory, broken));
            assertThat(failure.problem()).isEqualTo(Problem.ENGINE_FAILURE);
            assertThat(failure)
                    .hasMessageStartingWith("[EngineFailure] The kernel broken does not compile.")
                    .hasMessageContaining("no_such_operator");
        }
    }

    @Test
    void aCallThatFailsNamesKernelAndMethodInBothModes() {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            NDArray scores = memory.zeros(new Shape(2, 1, 3));
            NDArray projection = memory.zeros(new Shape(4, 2));
            ClozeException failure = catchThrowableOfType(
                    ClozeException.class, () -> kernel.infer(memory, "project", scores, projection));
            assertThat(failure.problem()).isEqualTo(Problem.ENGINE_FAILURE);
            assertThat(failure).hasMessageStartingWith("[EngineFailure] The kernel tuning.project failed.");
            assertThatThrownBy(() -> kernel.train(memory, "project", scores, projection))
                    .isInstanceOf(ClozeException.class)
                    .hasMessageStartingWith("[EngineFailure] The kernel tuning.project failed.");
        }
    }

    @Test
    void aBackwardPassThatFailsIsAnEngineFailure() {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Gradients gradients = Gradients.record()) {
            NDArray numbers = memory.ones(new Shape(2));
            numbers.setRequiresGradient(true);
            NDArray loss = numbers.mul(numbers).sum();
            gradients.backward(loss);
            ClozeException failure =
                    catchThrowableOfType(ClozeException.class, () -> gradients.backward(loss)); // the graph is freed
            assertThat(failure.problem()).isEqualTo(Problem.ENGINE_FAILURE);
            assertThat(failure).hasMessageStartingWith("[EngineFailure] The gradients could not be computed.\n  ");
        }
    }

    @Test
    void aKernelWorksAfterACallThatFailed() {
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            NDArray scores = memory.create(new float[] {1, 2, 3}, new Shape(1, 1, 3));
            assertThatThrownBy(() -> kernel.infer(memory, "project", scores, scores))
                    .isInstanceOf(ClozeException.class);
            NDArray ones = memory.ones(new Shape(3, 1));
            assertThat(kernel.infer(memory, "project", scores, ones).toFloatArray())
                    .containsExactly(6);
        }
    }
}
