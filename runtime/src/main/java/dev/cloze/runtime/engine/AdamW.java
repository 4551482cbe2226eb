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
 * AdamW as {@code torch.optim.AdamW} computes it (Loshchilov and Hutter 2019, arXiv 1711.05101), over one group of
 * parameters with one weight decay, in place.
 *
 * <p>Unlike DJL's optimiser it adds epsilon to the bias-corrected root, and clipping is the caller's factor over all
 * gradients.
 */
public final class AdamW implements Optimizer {

    private final NDManager memory;
    private final Kernel kernel;
    private final Rates rates;
    private final List<NDArray> parameters;
    private final List<NDArray> means = new ArrayList<>();
    private final List<NDArray> squares = new ArrayList<>();
    private final List<NDArray> steps = new ArrayList<>();
    private @Nullable Lists lists;

    /**
     * The numbers that stay the same over a training.
     *
     * @param beta1 decay of the mean, 0 to 1
     * @param beta2 decay of the square, 0 to 1
     * @param epsilon added to the root, above 0
     * @param weightDecay times the learning rate, taken off each parameter before the step
     */
    public record Rates(double beta1, double beta2, double epsilon, double weightDecay) {}

    private record Lists(
            Reached reached, TensorList parameters, TensorList means, TensorList squares, TensorList steps) {}

    /** An optimiser of these parameters, at least one, which must require gradients; its moments live in a child of the memory. */
    public AdamW(NDManager memory, List<NDArray> parameters, Rates rates) {
        this.memory = memory.newSubManager();
        this.kernel = Kernel.compile(this.memory, KernelSource.read("adamw", Map.of()));
        this.rates = rates;
        this.parameters = List.copyOf(parameters);
        for (NDArray parameter : parameters) {
            means.add(this.memory.zeros(parameter.getShape()));
            squares.add(this.memory.zeros(parameter.getShape()));
            steps.add(this.memory.zeros(new Shape()));
        }
    }

    /** The first and second moments, and how many steps each parameter has taken. */
    @Override
    public Map<String, List<NDArray>> state() {
        Map<String, List<NDArray>> state = new LinkedHashMap<>();
        state.put("mean", means);
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
            NDArray control = Control.of(
                    scope, learningRate, rates.beta1(), rates.beta2(), rates.epsilon(), rates.weightDecay(), factor);
            kernel.infer(
                    scope,
                    "forward",
                    control,
                    at.parameters(),
                    at.reached().gradients(),
                    at.means(),
                    at.squares(),
                    at.steps());
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
            present = new Lists(
                    reached, reached.of(parameters), reached.of(means), reached.of(squares), reached.of(steps));
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
