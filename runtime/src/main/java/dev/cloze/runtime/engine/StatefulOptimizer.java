package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An optimizer whose formula is a kernel: over parameters, gradients and what is remembered of each, in that order. What it
 * remembers begins with zeros.
 */
abstract class StatefulOptimizer implements Optimizer {

    private final NDManager memory;
    private final Kernel kernel;
    private final List<NDArray> parameters;
    private final Map<String, List<NDArray>> state = new LinkedHashMap<>();
    private @Nullable Lists lists;

    private record Lists(Reached reached, TensorList parameters, List<TensorList> state) {}

    /**
     * Remembers so many moments of each parameter's shape, and its steps.
     *
     * @param formula the kernel's name
     * @param parameters at least one; they must require gradients
     * @param moments their names, in the kernel's order
     */
    StatefulOptimizer(NDManager memory, String formula, List<NDArray> parameters, List<String> moments) {
        this.memory = memory.newSubManager();
        this.kernel = Kernel.compile(this.memory, KernelSource.read(formula, Map.of()));
        this.parameters = List.copyOf(parameters);
        for (String moment : moments) {
            state.put(moment, zeros(NDArray::getShape));
        }
        state.put("step", zeros(parameter -> new Shape()));
    }

    private List<NDArray> zeros(Function<NDArray, Shape> shape) {
        List<NDArray> zeros = new ArrayList<>();
        parameters.forEach(parameter -> zeros.add(memory.zeros(shape.apply(parameter))));
        return zeros;
    }

    /** The formula's numbers of this step, in that scope. */
    abstract NDArray control(NDManager scope, double learningRate, double factor);

    @Override
    public Map<String, List<NDArray>> state() {
        return Collections.unmodifiableMap(state);
    }

    @Override
    public double gradientNorm() {
        Reached reached = lists().reached();
        if (reached.isEmpty()) {
            return 0;
        }
        try (NDManager scope = memory.newSubManager()) {
            return kernel.infer(scope, "norm", reached.gradients()).toFloatArray()[0];
        }
    }

    @Override
    public void step(double learningRate, double factor) {
        Lists at = lists();
        if (at.reached().isEmpty()) {
            return;
        }
        try (NDManager scope = memory.newSubManager()) {
            List<Object> arguments = new ArrayList<>();
            arguments.add(control(scope, learningRate, factor));
            arguments.add(at.parameters());
            arguments.add(at.reached().gradients());
            arguments.addAll(at.state());
            kernel.infer(scope, "forward", arguments.toArray());
            kernel.infer(scope, "zero", at.reached().gradients());
        }
    }

    @Override
    public int managedArrays() {
        return memory.getManagedArrays().size();
    }

    private Lists lists() {
        Lists present = lists;
        if (present != null && present.reached().isOutdated()) {
            present.reached().close();
            present = null;
        }
        if (present == null) {
            Reached reached = new Reached(memory, parameters);
            present = new Lists(
                    reached,
                    reached.of(parameters),
                    state.values().stream().map(reached::of).toList());
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
