package dev.cloze.runtime.engine;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;

/** Moves one group of parameters by their gradients, in place. */
public interface Optimizer extends AutoCloseable {

    /** The L2 norm of this group's gradients as one vector; not finite if any of them is not. */
    double gradientNorm();

    /** One step with the gradients times the factor; then they are zero. */
    void step(double learningRate, double factor);

    /** What it remembers between steps, by name: an array for each parameter, in their order, which steps change in place. */
    Map<String, List<NDArray>> state();

    /** How many native arrays it holds, for leak tests. */
    int managedArrays();

    @Override
    void close();
}
