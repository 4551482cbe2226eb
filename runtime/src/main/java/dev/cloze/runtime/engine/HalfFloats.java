package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.problem.ClozeException;
import java.util.Map;

/**
 * The library that multiplies float32 with matrices of float16 as if these were float32: most checkpoints are stored so, and reading
 * half as much is what one row takes half of the time for. Not every libtorch has it.
 */
public final class HalfFloats {

    private static final Map<String, String> CONSTANTS = Map.of(
            "halves", "List[__torch__.torch.classes.quantized.LinearPackedParamsBase]",
            "halve", "ops.quantized.linear_prepack_fp16(weight, None)",
            "whole", "(ops.quantized.linear_unpack_fp16(weight))[0]",
            "halved", "ops.quantized.linear_dynamic_fp16(x, weight)");

    /** For kernels that are given no such matrices. */
    private static final Map<String, String> NONE = Map.of(
            "halves", "List[Tensor]",
            "halve", "torch.to(weight, 5)",
            "whole", "torch.to(weight, 6)",
            "halved", "torch.linear(x, torch.to(weight, ops.prim.dtype(x)))");

    private HalfFloats() {}

    /** What kernels that take such matrices need written in for that device. */
    public static Map<String, String> constants(ComputeDevice device) {
        return isThere(device) ? CONSTANTS : NONE;
    }

    /** Whether it multiplies there as fast as others at any number of rows; measured with AVX-512 alone. */
    public static boolean isThere(ComputeDevice device) {
        return device.isCpu() && InstructionSet.present().packsAll() && Found.THERE;
    }

    /** Looked for when it is first needed. */
    private static final class Found {
        static final boolean THERE = look();

        private static boolean look() {
            try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                    Kernel kernel = Kernel.compile(memory, KernelSource.read("halves", CONSTANTS))) {
                NDArray matrix = memory.arange(12f).reshape(new Shape(4, 3));
                try (TensorStore store = kernel.inferStore("make", matrix)) {
                    kernel.infer(memory, "add", store, matrix);
                    NDArray back = memory.zeros(matrix.getShape());
                    return kernel.infer(memory, "unpack", store, Control.of(memory, 0), back)
                            .contentEquals(matrix);
                }
            } catch (ClozeException e) {
                return false;
            }
        }
    }
}
