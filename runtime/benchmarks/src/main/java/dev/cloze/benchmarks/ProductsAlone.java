package dev.cloze.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.engine.TensorList;
import java.util.ArrayList;
import java.util.List;

/**
 * The four matrix products of each of an encoder's layers (queries, keys and values are one) and nothing else: what is left to gain is
 * the rest.
 * With packed matrices GELU is in the product, with others it is not computed.
 */
final class ProductsAlone implements AutoCloseable {

    private static final String SOURCE = """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool

              def pack(self: __torch__.Kernel,
                  weight: Tensor) -> Tensor:
                return ops.mkldnn._reorder_linear_weight(weight, 8)

              def plain(self: __torch__.Kernel,
                  x: Tensor,
                  weights: List[Tensor]) -> Tensor:
                for i in range(torch.floordiv(torch.len(weights), 4)):
                  y = torch.linear(x, weights[4 * i])
                  x = torch.linear(torch.narrow(y, 1, 0, torch.size(x, 1)), weights[4 * i + 1])
                  x = torch.linear(torch.linear(x, weights[4 * i + 2]), weights[4 * i + 3])
                return x

              def packed(self: __torch__.Kernel,
                  x: Tensor,
                  weights: List[Tensor]) -> Tensor:
                for i in range(torch.floordiv(torch.len(weights), 4)):
                  y = ops.mkldnn._linear_pointwise(x, weights[4 * i], None, "none", annotate(List[Optional[number]], []), "")
                  y = torch.contiguous(torch.narrow(y, 1, 0, torch.size(x, 1)))
                  y = ops.mkldnn._linear_pointwise(y, weights[4 * i + 1], None, "none", annotate(List[Optional[number]], []), "")
                  y = ops.mkldnn._linear_pointwise(y, weights[4 * i + 2], None, "gelu", annotate(List[Optional[number]], []), "none")
                  x = ops.mkldnn._linear_pointwise(y, weights[4 * i + 3], None, "none", annotate(List[Optional[number]], []), "")
                return x
            """;

    private final NDManager memory = NativeMemory.open(ComputeDevice.CPU);
    private final Kernel kernel = Kernel.compile(memory, new KernelSource("products-alone", SOURCE));
    private final int width;
    private final TensorList plain;
    private final TensorList packed;

    /**
     * @param width of a token's vector, a quarter of what lies between a feed-forward layer's two matrices
     */
    ProductsAlone(int layers, int width) {
        this.width = width;
        List<NDArray> weights = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            weights.add(matrix(3 * width, width));
            weights.add(matrix(width, width));
            weights.add(matrix(4 * width, width));
            weights.add(matrix(width, 4 * width));
        }
        plain = TensorList.of(weights);
        packed = TensorList.of(weights.stream()
                .map(weight -> kernel.infer(memory, "pack", weight))
                .toList());
    }

    private NDArray matrix(int rows, int columns) {
        return memory.randomNormal(0, 0.02f, new Shape(rows, columns), DataType.FLOAT32);
    }

    /** Does them once for so many tokens. */
    void run(int tokens, boolean withPacked) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray x = scope.ones(new Shape(tokens, width));
            kernel.infer(scope, withPacked ? "packed" : "plain", x, withPacked ? packed : plain);
        }
    }

    @Override
    public void close() {
        plain.close();
        packed.close();
        kernel.close();
        memory.close();
    }
}
