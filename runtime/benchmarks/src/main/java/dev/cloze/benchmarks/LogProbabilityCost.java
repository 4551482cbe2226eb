package dev.cloze.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * Prints what exact log-probabilities cost beside libtorch's {@code log_softmax}, in rounds that alternate, and how far both
 * are from float64; with the product by the vocabulary, which there is in any case, for scale.
 *
 * <p>Processor time of the calling thread, so run it with {@code OMP_NUM_THREADS=1}.
 */
public final class LogProbabilityCost {

    private static final int WIDTH = 576;
    private static final int ASKED = 8;

    private static final String PLAIN = """
            class Kernel(Module):
              __parameters__ = []
              __buffers__ = []
              training : bool
              def logProbabilities(self: __torch__.Kernel, x: Tensor, words: Tensor) -> Tensor:
                y = torch.log_softmax(x, -1)
                if torch.numel(words) > 0:
                  y = torch.index_select(y, 1, words)
                return y
              def exact(self: __torch__.Kernel, x: Tensor, words: Tensor) -> Tensor:
                y = torch.to(x, 7)
                y = y - torch.logsumexp(y, [1], True)
                if torch.numel(words) > 0:
                  y = torch.index_select(y, 1, words)
                return torch.to(y, 7)
              def product(self: __torch__.Kernel, x: Tensor, words: Tensor) -> Tensor:
                return torch.linear(x, words)
            """;

    private LogProbabilityCost() {}

    /** {@code LogProbabilityCost ROUNDS} */
    public static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[0]);
        try (NDManager memory = NativeMemory.open(ComputeDevice.CPU);
                Kernel exact = Kernel.compile(memory, KernelSource.read("selection", Map.of()));
                Kernel plain = Kernel.compile(memory, new KernelSource("plain", PLAIN))) {
            System.out.println(
                    "| vocabulary | rows | words asked | log_softmax ms | exact ms | ratio | with the product |"
                            + " error of log_softmax | error of exact |");
            System.out.println("|---:|---:|---|---:|---:|---:|---:|---:|---:|");
            for (int vocabulary : new int[] {30_522, 49_152, 152_000}) {
                for (int rows : new int[] {1, 16}) {
                    print(memory, exact, plain, vocabulary, rows, new long[0], rounds);
                    print(memory, exact, plain, vocabulary, rows, new long[ASKED], rounds);
                }
            }
        }
    }

    private static void print(
            NDManager memory, Kernel exact, Kernel plain, int vocabulary, int rows, long[] asked, int rounds) {
        try (NDManager scope = memory.newSubManager()) {
            NDArray logits = scope.randomNormal(new Shape(rows, vocabulary)).mul(3);
            NDArray words = scope.create(asked);
            NDArray hidden = scope.randomNormal(new Shape(rows, WIDTH));
            NDArray matrix = scope.randomNormal(new Shape(vocabulary, WIDTH));
            double[][] times = new double[3][rounds];
            for (int round = -2; round < rounds; round++) {
                double product = time(scope, plain, "product", hidden, matrix);
                double old = time(scope, plain, "logProbabilities", logits, words);
                double own = time(scope, exact, "logProbabilities", logits, words);
                if (round >= 0) {
                    times[0][round] = product;
                    times[1][round] = old;
                    times[2][round] = own;
                }
            }
            double product = Duel.median(times[0]);
            double old = Duel.median(times[1]);
            double own = Duel.median(times[2]);
            double[] reference = plain.infer(scope, "exact", logits, words).toDoubleArray();
            System.out.printf(
                    "| %,d | %d | %s | %.3f | %.3f | %.2f | %.2f | %.1e | %.1e |%n",
                    vocabulary,
                    rows,
                    asked.length == 0 ? "all" : "" + asked.length,
                    old * 1e3,
                    own * 1e3,
                    own / old,
                    (product + own) / (product + old),
                    error(plain.infer(scope, "logProbabilities", logits, words), reference),
                    error(exact.infer(scope, "logProbabilities", logits, words), reference));
        }
    }

    private static double time(NDManager memory, Kernel kernel, String method, NDArray x, NDArray words) {
        try (NDManager scope = memory.newSubManager()) {
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            kernel.infer(scope, method, x, words);
            return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
        }
    }

    private static double error(NDArray said, double[] reference) {
        float[] values = said.toFloatArray();
        double most = 0;
        for (int i = 0; i < values.length; i++) {
            most = Math.max(most, Math.abs(values[i] - reference[i]));
        }
        return most;
    }
}
