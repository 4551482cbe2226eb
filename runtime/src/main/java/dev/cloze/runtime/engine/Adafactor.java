package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adafactor (Shazeer and Stern 2018, arXiv 1804.04235) as prompt tuning uses it and transformers computes it: at a given rate,
 * without a first moment, with the whole second moment rather than its factors, and without scaling by the parameters; in place.
 *
 * <p>The second moment's decay rises with the steps t, 1 - t^-0.8, and an update whose root mean square is above 1 is scaled
 * down to it. Parameters that the loss does not reach stay as they are.
 */
public final class Adafactor implements Optimizer {

    private static final double DECAY = 0.8;
    private static final double EPSILON = 1e-30;
    private static final double THRESHOLD = 1;

    private final NDManager memory;
    private final Kernel kernel;
    private final double weightDecay;
    private final List<NDArray> parameters;
    private final List<NDArray> squares = new ArrayList<>();
    private final List<NDArray> steps = new ArrayList<>();
    private @Nullable Lists lists;

    private record Lists(Reached reached, TensorList parameters, TensorList squares, TensorList steps) {}

    /**
     * An optimiser of these parameters, at least one, which must require gradients; what it keeps lives in a child of the memory.
     *
     * @param weightDecay times the learning rate, the share that is taken off each parameter in a step
     */
    public Adafactor(NDManager memory, List<NDArray> parameters, double weightDecay) {
        this.memory = memory.newSubManager();
        this.kernel = Kernel.compile(this.memory, KernelSource.read("adafactor", Map.of()));
        this.weightDecay = weightDecay;
        this.parameters = List.copyOf(parameters);
        for (NDArray parameter : parameters) {
            squares.add(this.memory.zeros(parameter.getShape()));
            steps.add(this.memory.zeros(new Shape()));
        }
    }

    @Override
    public Map<String, List<NDArray>> state() {
        Map<String, List<NDArray>> state = new LinkedHashMap<>();
        state.put("square", squares);
        state.put("step", steps);
        return state;
    }

    @Override
    public double gradientNorm() {
        try (NDManager scope = memory.newSubManager()) {
            return kernel.infer(scope, "norm", lists().reached().gradients()).toFloatArray()[0];
        }
    }

    @Override
    public void step(double learningRate, double factor) {
        Lists at = lists();
        try (NDManager scope = memory.newSubManager()) {
            NDArray control = Control.of(scope, learningRate, DECAY, EPSILON, THRESHOLD, weightDecay, factor);
            kernel.infer(
                    scope, "forward", control, at.parameters(), at.reached().gradients(), at.squares(), at.steps());
            kernel.infer(scope, "zero", at.reached().gradients());
        }
    }

    @Override
    public int managedArrays() {
        return memory.getManagedArrays().size();
    }

    private Lists lists() {
        Lists present = lists;
        if (present == null) {
            Reached reached = new Reached(memory, parameters);
            present = new Lists(reached, reached.of(parameters), reached.of(squares), reached.of(steps));
            lists = present;
        }
        return present;
    }

    @Override
    public void close() {
        if (lists != null) {
            lists.reached().close();
        }
        kernel.close();
        memory.close();
    }
}
