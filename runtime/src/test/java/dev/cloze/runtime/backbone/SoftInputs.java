package dev.cloze.runtime.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.cloze.runtime.engine.Gradients;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What tests of soft methods put into a backbone, in 64 bits and the same numbers each time, and what they hold it against. */
public final class SoftInputs implements WeightSource {

    private static final double STEP = 1e-5;

    private final NDManager scope;
    private final Random random = new Random(7);

    /** In that memory. */
    public SoftInputs(NDManager scope) {
        this.scope = scope;
    }

    /** A backbone's weights in 64 bits, in which nothing is rounded away that a test looks for. */
    public static Map<WeightSlot, NDArray> doubles(Backbone backbone) {
        Map<WeightSlot, NDArray> doubles = new LinkedHashMap<>();
        backbone.weights().forEach((slot, array) -> doubles.put(slot, array.toType(DataType.FLOAT64, true)));
        return doubles;
    }

    /** Random numbers between -1.5 and 1.5. */
    public NDArray array(Shape shape) {
        return scope.create(random.doubles(shape.size(), -1.5, 1.5).toArray(), shape);
    }

    /** The key and the value of each layer in turn, (rows, H, length, D) each. */
    public List<NDArray> prefix(BackboneShape shape, int rows, int length) {
        return prefix(shape.layers(), new Shape(rows, shape.keyValueHeads(), length, shape.headSize()));
    }

    /** The same, of that shape each. */
    public List<NDArray> prefix(int layers, Shape each) {
        return IntStream.range(0, 2 * layers).mapToObj(i -> array(each)).toList();
    }

    /** The texts' embeddings (B, T, e), their first places taken by the rows of a table that the ids name, with its graph. */
    public NDArray behind(NDArray table, int[] ids, NDArray embeddings) {
        NDArray soft = table.get(scope.create(Arrays.stream(ids).asLongStream().toArray()));
        long rows = embeddings.getShape().get(0);
        NDArray each = soft.expandDims(0).repeat(0, rows);
        return NDArrays.concat(new NDList(each, embeddings.get(":, " + ids.length + ":")), 1);
    }

    /** Random numbers for every weight, so that what is made of them is in 64 bits. */
    @Override
    public NDArray weight(NDManager memory, WeightSlot slot) {
        NDArray weight = array(new Shape(slot.shape()));
        weight.attach(memory);
        return weight;
    }

    /** Runs backward from a loss, and holds a few gradients of each array against what the loss does when it is moved. */
    public void assertSlopes(List<NDArray> arrays, Supplier<NDArray> loss) {
        List<double[]> gradients = gradients(arrays, loss);
        for (int i = 0; i < arrays.size(); i++) {
            for (int sample = 0; sample < 4; sample++) {
                int at = random.nextInt(gradients.get(i).length);
                assertThat(gradients.get(i)[at])
                        .as("array %d, number %d", i, at)
                        .isCloseTo(slope(arrays.get(i), at, loss), within(1e-6));
            }
        }
    }

    /** The same of every number of each array. */
    public void assertEverySlope(List<NDArray> arrays, Supplier<NDArray> loss) {
        List<double[]> gradients = gradients(arrays, loss);
        for (int i = 0; i < arrays.size(); i++) {
            double[] gradient = gradients.get(i);
            NDArray array = arrays.get(i);
            double[] slopes = IntStream.range(0, gradient.length)
                    .mapToDouble(at -> slope(array, at, loss))
                    .toArray();
            assertThat(gradient).as("array %d", i).containsExactly(slopes, within(1e-6));
        }
    }

    private double slope(NDArray array, int at, Supplier<NDArray> loss) {
        try (NDManager steps = scope.newSubManager()) {
            double[] step = new double[(int) array.size()];
            step[at] = STEP;
            NDArray move = steps.create(step, array.getShape());
            array.addi(move);
            double above = loss.get().getDouble();
            array.subi(move).subi(move);
            double below = loss.get().getDouble();
            array.addi(move);
            return (above - below) / (2 * STEP);
        }
    }

    /** A loss of arrays, and of which of their places stands where. */
    public interface LossOfPlaces {
        NDArray of(List<NDArray> arrays, int[] ids);
    }

    /**
     * Moves the three places that arrays have along an axis, and says where they went: the loss is the same, and the gradients
     * have moved with them.
     */
    public void assertPermuted(List<NDArray> arrays, int axis, LossOfPlaces loss) {
        NDArray order = scope.create(new long[] {2, 0, 1});
        List<NDArray> moved =
                arrays.stream().map(array -> taken(array, axis, order)).toList();
        int[] present = {0, 1, 2};
        int[] after = {1, 2, 0};
        assertThat(loss.of(moved, after).getDouble())
                .isCloseTo(loss.of(arrays, present).getDouble(), within(1e-9));
        List<double[]> gradients = gradients(arrays, () -> loss.of(arrays, present));
        List<double[]> movedGradients = gradients(moved, () -> loss.of(moved, after));
        for (int i = 0; i < arrays.size(); i++) {
            Shape shape = arrays.get(i).getShape();
            double[] expected =
                    taken(scope.create(gradients.get(i), shape), axis, order).toDoubleArray();
            assertThat(movedGradients.get(i)).containsExactly(expected, within(1e-9));
            assertThat(distance(movedGradients.get(i), gradients.get(i))).isPositive();
        }
    }

    /** The places in that order, as an array of its own. */
    private static NDArray taken(NDArray array, int axis, NDArray order) {
        return array.swapAxes(0, axis).get(order).swapAxes(0, axis).duplicate();
    }

    private static List<double[]> gradients(List<NDArray> arrays, Supplier<NDArray> loss) {
        for (NDArray array : arrays) {
            array.setRequiresGradient(true);
            NDArray earlier = array.getGradient();
            earlier.subi(earlier.duplicate());
        }
        try (Gradients gradients = Gradients.record()) {
            gradients.backward(loss.get());
        }
        return arrays.stream().map(array -> array.getGradient().toDoubleArray()).toList();
    }

    /** The largest difference between numbers. */
    public static double distance(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .max()
                .orElseThrow();
    }
}
