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
import java.util.List;

/**
 * The matrix products of a model's layers, and of a decoder's vocabulary, and nothing else: what is left to gain is the rest. They are
 * float32's. With packed matrices GELU is in the product, with others it is not computed.
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
                for i in range(torch.len(weights)):
                  x = torch.linear(torch.narrow(x, 1, 0, torch.size(weights[i], 1)), weights[i])
                return x

              def packed(self: __torch__.Kernel,
                  x: Tensor,
                  weights: List[Tensor],
                  plain: List[Tensor]) -> Tensor:
                for i in range(torch.floordiv(torch.len(weights), 4)):
                  x = torch.contiguous(torch.narrow(x, 1, 0, torch.size(plain[4 * i], 1)))
                  x = ops.mkldnn._linear_pointwise(x, weights[4 * i], None, "none", annotate(List[Optional[number]], []), "")
                  x = torch.contiguous(torch.narrow(x, 1, 0, torch.size(plain[4 * i + 1], 1)))
                  x = ops.mkldnn._linear_pointwise(x, weights[4 * i + 1], None, "none", annotate(List[Optional[number]], []), "")
                  x = ops.mkldnn._linear_pointwise(x, weights[4 * i + 2], None, "gelu", annotate(List[Optional[number]], []), "none")
                  x = torch.contiguous(torch.narrow(x, 1, 0, torch.size(plain[4 * i + 3], 1)))
                  x = ops.mkldnn._linear_pointwise(x, weights[4 * i + 3], None, "none", annotate(List[Optional[number]], []), "")
                if torch.len(weights) == 1:
                  x = ops.mkldnn._linear_pointwise(x, weights[0], None, "none", annotate(List[Optional[number]], []), "")
                return x

              def frozen(self: __torch__.Kernel,
                  x: Tensor,
                  weights: List[Tensor]) -> Tensor:
                s = torch.sum(torch.narrow(x, 0, 0, 1))
                for i in range(torch.len(weights)):
                  y = torch.linear(torch.narrow(x, 1, 0, torch.size(weights[i], 1)), weights[i])
                  s = torch.add(s, torch.sum(torch.narrow(torch.matmul(y, weights[i]), 0, 0, 1)))
                  x = y
                return s

              def trained(self: __torch__.Kernel,
                  x: Tensor,
                  weights: List[Tensor]) -> Tensor:
                s = torch.sum(torch.narrow(x, 0, 0, 1))
                for i in range(torch.len(weights)):
                  x = torch.narrow(x, 1, 0, torch.size(weights[i], 1))
                  y = torch.linear(x, weights[i])
                  s = torch.add(s, torch.sum(torch.narrow(torch.matmul(y, weights[i]), 0, 0, 1)))
                  s = torch.add(s, torch.sum(torch.narrow(torch.matmul(torch.t(y), x), 0, 0, 1)))
                  x = y
                return s
            """;

    private final NDManager memory = NativeMemory.open(ComputeDevice.CPU);
    private final Kernel kernel = Kernel.compile(memory, new KernelSource("products-alone", SOURCE));
    private final int width;
    private final Part front;
    private final Part keysAndValues;
    private final Part end;
    private final Part vocabulary;

    ProductsAlone(LayerMatrices matrices) {
        width = matrices.width();
        front = part(matrices.front());
        keysAndValues = part(List.of(matrices.keysAndValues()));
        end = part(matrices.end());
        vocabulary = part(List.of(matrices.vocabulary()));
    }

    /** What a call multiplies with: so many tokens with the layers, of which the last goes on with some of them, and so many with the vocabulary. */
    record Call(int tokens, int last, int words) {

        /** The same where the last layer goes on with all of them. */
        Call everywhere() {
            return new Call(tokens, tokens, words);
        }
    }

    /** Matrices that are multiplied one after another, as they are and packed. */
    private record Part(TensorList plain, TensorList packed) {}

    private Part part(List<int[]> shapes) {
        List<NDArray> plain = shapes.stream().map(this::random).toList();
        List<NDArray> packed = plain.stream()
                .map(matrix -> kernel.infer(memory, "pack", matrix))
                .toList();
        return new Part(TensorList.of(plain), TensorList.of(packed));
    }

    /** Numbers stay as large from one product to the next, as the smallest ones take longer. */
    private NDArray random(int[] shape) {
        return memory.randomNormal(
                0, (float) (1 / Math.sqrt(shape[1])), new Shape(shape[0], shape[1]), DataType.FLOAT32);
    }

    /** Products without a graph. */
    void infer(Call call, boolean withPacked) {
        all(call, (scope, part, rows) -> {
            if (withPacked) {
                kernel.infer(scope, "packed", rows, part.packed(), part.plain());
            } else {
                kernel.infer(scope, "plain", rows, part.plain());
            }
        });
    }

    /** Those of a step: forwards and back, of frozen matrices to their inputs alone. */
    void train(Call call, boolean frozen) {
        all(call, (scope, part, rows) -> kernel.infer(scope, frozen ? "frozen" : "trained", rows, part.plain()));
    }

    private interface Product {
        void of(NDManager scope, Part part, NDArray rows);
    }

    private void all(Call call, Product product) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray tokens = ones(scope, call.tokens());
            product.of(scope, front, tokens);
            product.of(scope, keysAndValues, tokens);
            product.of(scope, end, ones(scope, call.last()));
            if (call.words() > 0) {
                product.of(scope, vocabulary, ones(scope, call.words()));
            }
        }
    }

    private NDArray ones(NDManager scope, int rows) {
        return scope.ones(new Shape(rows, width));
    }

    @Override
    public void close() {
        List.of(front, keysAndValues, end, vocabulary).forEach(part -> {
            part.plain().close();
            part.packed().close();
        });
        kernel.close();
        memory.close();
    }
}
