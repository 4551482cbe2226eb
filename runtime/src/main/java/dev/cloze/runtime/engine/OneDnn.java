package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.problem.ClozeException;
import java.util.Map;

/**
 * The library that multiplies with a matrix in an order of its own faster than the one libtorch takes by itself, few rows in half
 * to a quarter of the time; the arithmetic is the same. Not every libtorch has it.
 */
public final class OneDnn {

    private static final String PLAIN = "torch.linear(x, weight, bias)";

    private static final String CALL =
            "ops.mkldnn._linear_pointwise(x, weight, bias, \"%s\", annotate(List[Optional[number]], []), \"%s\")";

    private static final String ADD = "ops.mkldnn._linear_pointwise(x, before, weight, %s, \"add\")";

    /** Activations that are part of the product: its name of them, and of the form they take. */
    private static final Map<String, String> ACTIVATIONS = Map.of(
            "gelu", CALL.formatted("gelu", "none"),
            "gelu_tanh", CALL.formatted("gelu", "tanh"),
            "relu", CALL.formatted("relu", ""));

    private static final String PROBE = """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              def forward(self: __torch__.Kernel,
                  x: Tensor,
                  weight: Tensor,
                  bias: Optional[Tensor]) -> Tensor:
                weight = ops.mkldnn._reorder_linear_weight(torch.to(weight, %d), 8)
                x = torch.to(x, %d)
                shift = torch.to(unchecked_cast(Tensor, bias), ops.prim.dtype(x))
                before = %s
                return torch.to(%s, 6)
            """;

    private OneDnn() {}

    /**
     * What kernels with {@code products.py} or {@code packed.py} need written in for that device.
     *
     * @param activation of feed-forward layers, by the kernels' name
     */
    public static Map<String, String> constants(ComputeDevice device, String activation) {
        String half = device.precision() == ComputePrecision.BFLOAT16 ? "True" : "False";
        String activated = "(self).activate(%s, \"" + activation + "\", )";
        if (!isThere(device)) {
            return Map.of(
                    "few",
                    PLAIN,
                    "fewActivated",
                    activated.formatted(PLAIN),
                    "fewAdded",
                    "torch.add(before, torch.linear(x, weight, shift))",
                    "fewAddedAlone",
                    "torch.add(before, torch.linear(x, weight))",
                    "isPacked",
                    "False",
                    "half",
                    half);
        }
        String few = CALL.formatted("none", "");
        return Map.of(
                "few",
                few,
                "fewActivated",
                ACTIVATIONS.getOrDefault(activation, activated.formatted(few)),
                "fewAdded",
                ADD.formatted("shift"),
                "fewAddedAlone",
                ADD.formatted("None"),
                "isPacked",
                "ops.prim.is_mkldnn(weight)",
                "half",
                half);
    }

    /** Whether matrices can be packed on that device. */
    public static boolean isThere(ComputeDevice device) {
        return device.isCpu() && Found.THERE;
    }

    /** Whether it multiplies in bfloat16 on that device. */
    static boolean hasBfloat16(ComputeDevice device) {
        return isThere(device) && Found.BFLOAT16;
    }

    /** Looked for when it is first needed. */
    private static final class Found {
        static final boolean THERE = look(ComputePrecision.FLOAT32, 1e-3);
        static final boolean BFLOAT16 = THERE && look(ComputePrecision.BFLOAT16, 1e-1);

        private static boolean look(ComputePrecision precision, double tolerance) {
            String source = PROBE.formatted(
                    precision.type(), precision.type(), CALL.formatted("gelu", "none"), ADD.formatted("shift"));
            try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                    Kernel kernel = Kernel.compile(memory, new KernelSource("oneDNN", source))) {
                NDArray x = memory.ones(new Shape(2, 3));
                NDArray y = kernel.infer(memory, "forward", x, memory.ones(new Shape(4, 3)), memory.ones(new Shape(4)));
                return Math.abs(y.getFloat(1, 3) - 8) < tolerance; // gelu(4), which is 3.99987, and 4
            } catch (ClozeException e) {
                return false;
            }
        }
    }
}
