package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.problem.ClozeException;

/**
 * The library that multiplies up to 15 rows with a matrix, or more of them with a vocabulary, in half to a quarter of the time
 * that the one libtorch takes by itself needs; the arithmetic is the same. Not every libtorch has it.
 */
public final class OneDnn {

    private static final String CALL =
            "ops.mkldnn._linear_pointwise(x, weight, bias, \"none\", annotate(List[Optional[number]], []), \"\")";

    private static final String PROBE = """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              def forward(self: __torch__.Kernel,
                  x: Tensor,
                  weight: Tensor,
                  bias: Optional[Tensor]) -> Tensor:
                weight = ops.mkldnn._reorder_linear_weight(weight, 8)
                return %s
            """;

    private OneDnn() {}

    /** What {@code torch.linear(x, weight, bias)} is best written as in a kernel on that device, for few rows of float32. */
    public static String linear(ComputeDevice device) {
        return device.equals(ComputeDevice.CPU) && Found.THERE ? CALL : "torch.linear(x, weight, bias)";
    }

    /**
     * What a matrix {@code weight} of float32 is best kept as for {@link #linear} on that device: in an order of oneDNN's own,
     * which only {@link #linear} reads, or as it is.
     */
    public static String pack(ComputeDevice device) {
        return device.equals(ComputeDevice.CPU) && Found.THERE
                ? "ops.mkldnn._reorder_linear_weight(weight, 8)"
                : "weight";
    }

    /** Whether {@link #pack} changes anything on that device. */
    public static boolean packs(ComputeDevice device) {
        return !pack(device).equals("weight");
    }

    /** Looked for when it is first needed. */
    private static final class Found {
        static final boolean THERE = look();

        private static boolean look() {
            try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                    Kernel kernel = Kernel.compile(memory, new KernelSource("oneDNN", PROBE.formatted(CALL)))) {
                NDArray x = memory.ones(new Shape(2, 3));
                NDArray y = kernel.infer(memory, "forward", x, memory.ones(new Shape(4, 3)), memory.ones(new Shape(4)));
                return y.getFloat(1, 3) == 4;
            } catch (ClozeException e) {
                return false;
            }
        }
    }
}
