package dev.cloze.runtime.tuning.prefix;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.backbone.WeightSlot;
import dev.cloze.runtime.backbone.WeightSource;
import dev.cloze.runtime.training.RandomStream;
import java.util.Random;

/**
 * Prefixes that start at random. Networks start as torch starts them, their embeddings normal and their matrices uniform up to
 * one over the root of the numbers they read, but for biases, which are zero; keys and values themselves are normal.
 *
 * @param deviation the standard deviation of keys and values that are trained themselves
 * @param seed equal seeds draw equal numbers
 */
public record PrefixStart(double deviation, long seed) implements WeightSource {

    /** Away from the parts of a seed that heads are drawn from. */
    private static final long PARTS = 1000;

    @Override
    public NDArray weight(NDManager memory, WeightSlot slot) {
        String name = slot.parts().get(0);
        Shape shape = new Shape(slot.shape());
        Random random = new Random(RandomStream.INIT.seed(seed, PARTS + Math.floorMod(name.hashCode(), 1 << 20)));
        float[] numbers = new float[Math.toIntExact(shape.size())];
        if (name.endsWith("embedding.weight")) {
            normal(numbers, 1, random);
        } else if (!name.contains(".transform.")) {
            normal(numbers, deviation, random);
        } else if (!slot.withoutDecay()) {
            double most = 1 / Math.sqrt(shape.get(1));
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) ((2 * random.nextDouble() - 1) * most);
            }
        }
        return memory.create(numbers, shape);
    }

    private static void normal(float[] numbers, double deviation, Random random) {
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) (deviation * random.nextGaussian());
        }
    }
}
