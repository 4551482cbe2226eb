package dev.cloze.runtime.tuning.labels;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.annotations.Compat;
import dev.cloze.runtime.engine.AdamW;
import dev.cloze.runtime.engine.ComputeDevice;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Gradients;
import dev.cloze.runtime.engine.Kernel;
import dev.cloze.runtime.engine.KernelSource;
import dev.cloze.runtime.engine.NativeMemory;
import dev.cloze.runtime.training.RandomStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Learns prototypes and their projection from hidden states by contrast (Cui et al. 2022, ProtoVerb, arXiv 2203.09770, equations
 * 4 and 5): states of one label are drawn together and to their prototype, and pushed off all others. With v projected states,
 * c prototypes, n examples, N labels and S the cosine,
 *
 * <pre>
 * L_ins   = -1/n^2   sum over i and j of one label  log( exp S(v_i, v_j) / sum over all k of exp S(v_i, v_k) )
 * L_proto = -1/(n N) sum over i                     log( exp S(v_i, c_y(i)) / sum over all labels y of exp S(v_i, c_y) )
 * </pre>
 *
 * <p>The authors' code has in the first denominator the pair itself and the examples of other labels alone; {@code REFERENCE}
 * has it so. By Adam, over all examples at once, or so many of them that change from step to step.
 *
 * @param size D, numbers of a prototype
 * @param steps of Adam
 * @param rate its learning rate
 * @param compat which denominator
 * @param seed of first numbers, and of which examples a step has
 */
public record PrototypeLearning(int size, int steps, double rate, Compat compat, long seed) {

    /** Examples of a step: their square is how many pairs there are. */
    static final int MOST = 512;

    private static final int PROJECTION = 1;
    private static final int PROTOTYPES = 2;
    private static final int ORDER = 3;

    /**
     * The prototypes of labels by their states.
     *
     * @param states at least one, [n][E]
     * @param labels the label of each
     * @param count how many labels there are
     */
    public Prototypes learn(float[][] states, int[] labels, int count, ComputeDevice device) {
        int width = states[0].length;
        double projected = 1 / Math.sqrt(width); // as torch starts a linear layer
        double glorot = Math.sqrt(6.0 / (count + size));
        return learn(
                states,
                labels,
                new Prototypes(uniform(size, width, projected, PROJECTION), uniform(count, size, glorot, PROTOTYPES)),
                device,
                loss -> {});
    }

    /** Hears the loss of each step before it is taken. */
    interface Listener {
        void step(double loss);
    }

    Prototypes learn(float[][] states, int[] labels, Prototypes start, ComputeDevice device, Listener listener) {
        try (NDManager memory = NativeMemory.open(device);
                Kernel kernel = Kernel.compile(memory, KernelSource.read("tuning", Map.of()))) {
            NDArray projection = trained(memory, start.projection());
            NDArray prototypes = trained(memory, start.prototypes());
            try (AdamW adam =
                    new AdamW(memory, List.of(projection, prototypes), new AdamW.Rates(0.9, 0.999, 1e-8, 0))) {
                for (int step = 0; step < steps; step++) {
                    int[] members = members(labels.length, step);
                    listener.step(backward(memory, kernel, states, labels, members, projection, prototypes));
                    adam.step(rate, 1);
                }
            }
            return new Prototypes(rows(projection), rows(prototypes));
        }
    }

    private double backward(
            NDManager memory,
            Kernel kernel,
            float[][] states,
            int[] labels,
            int[] members,
            NDArray projection,
            NDArray prototypes) {
        try (NDManager scope = memory.newSubManager();
                Gradients gradients = Gradients.record()) {
            float[][] some = Arrays.stream(members).mapToObj(i -> states[i]).toArray(float[][]::new);
            float[][] right =
                    new float[members.length][(int) prototypes.getShape().get(0)];
            for (int i = 0; i < members.length; i++) {
                right[i][labels[members[i]]] = 1;
            }
            NDArray control = Control.of(scope, compat == Compat.REFERENCE ? 1 : 0);
            NDArray loss = kernel.train(
                    scope, "contrast", scope.create(some), scope.create(right), projection, prototypes, control);
            gradients.backward(loss);
            return loss.getFloat();
        }
    }

    /** All, or the step's stretch of an order that is drawn anew when all have come. */
    private int[] members(int count, int step) {
        if (count <= MOST) {
            return java.util.stream.IntStream.range(0, count).toArray();
        }
        int stretches = count / MOST;
        int[] order = java.util.stream.IntStream.range(0, count).toArray();
        Random random = random(ORDER + step / stretches);
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        int from = step % stretches * MOST;
        return Arrays.copyOfRange(order, from, from + MOST);
    }

    private Random random(int part) {
        return new Random(RandomStream.INIT.seed(seed, part));
    }

    private float[][] uniform(int rows, int width, double bound, int part) {
        Random random = random(part);
        float[][] numbers = new float[rows][width];
        for (float[] row : numbers) {
            for (int i = 0; i < width; i++) {
                row[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        }
        return numbers;
    }

    private static NDArray trained(NDManager memory, float[][] rows) {
        NDArray array = memory.create(rows);
        array.setRequiresGradient(true);
        return array;
    }

    private static float[][] rows(NDArray array) {
        Shape shape = array.getShape();
        int width = (int) shape.get(1);
        float[] flat = array.toFloatArray();
        float[][] rows = new float[(int) shape.get(0)][];
        Arrays.setAll(rows, i -> Arrays.copyOfRange(flat, i * width, (i + 1) * width));
        return rows;
    }
}
