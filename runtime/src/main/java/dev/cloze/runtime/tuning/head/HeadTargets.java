package dev.cloze.runtime.tuning.head;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.Control;
import dev.cloze.runtime.engine.Kernel;
import java.util.Arrays;
import java.util.function.IntFunction;

/** What a head is to say of each example: its label, the scores of another model, or a number. */
public sealed interface HeadTargets {

    /**
     * The mean loss of these examples times the factor: 0-d in that scope.
     *
     * @param kernel with the operations of {@code tuning}
     * @param scores what the head says, (B, C)
     * @param members the examples, B of them
     */
    NDArray loss(NDManager scope, Kernel kernel, NDArray scores, int[] members, double factor);

    /**
     * One label each, and the cross-entropy.
     *
     * @param labels the index of each example's label
     */
    record Hard(int[] labels) implements HeadTargets {

        @Override
        public NDArray loss(NDManager scope, Kernel kernel, NDArray scores, int[] members, double factor) {
            NDArray right = scope.create(
                    Arrays.stream(members).mapToLong(i -> labels[i]).toArray());
            return kernel.train(scope, "loss", scores, right, Control.of(scope, factor));
        }
    }

    /**
     * One number each, of a head with one score, and the mean squared error: the {@code regression} of transformers' sequence
     * classifiers.
     *
     * @param values the number of each example
     */
    record Numbers(double[] values) implements HeadTargets {

        @Override
        public NDArray loss(NDManager scope, Kernel kernel, NDArray scores, int[] members, double factor) {
            float[] right = new float[members.length];
            for (int r = 0; r < right.length; r++) {
                right[r] = (float) values[members[r]];
            }
            NDArray targets = scope.create(right, new Shape(right.length, 1)); // (B, 1)
            return kernel.train(scope, "squares", scores, targets, Control.of(scope, factor));
        }
    }

    /**
     * Scores of every label, and T&sup2; KL(q || p), where q is the softmax of the target's scores divided by T and p that of
     * the head's (Hinton et al. 2015, arXiv 1503.02531, section 2; PET's code has T = 2).
     *
     * @param scores of an example, C numbers, which may be read when they are asked for
     * @param temperature T, above 0
     */
    record Soft(IntFunction<float[]> scores, double temperature) implements HeadTargets {

        @Override
        public NDArray loss(NDManager scope, Kernel kernel, NDArray said, int[] members, double factor) {
            int labels = (int) said.getShape().get(1);
            float[] flat = new float[members.length * labels];
            for (int r = 0; r < members.length; r++) {
                System.arraycopy(scores.apply(members[r]), 0, flat, r * labels, labels);
            }
            NDArray targets = scope.create(flat, new Shape(members.length, labels));
            return kernel.train(scope, "distillation", said, targets, Control.of(scope, factor, temperature));
        }
    }
}
